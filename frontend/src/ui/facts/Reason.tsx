import type { ReactNode } from 'react';
import { listed } from '@/text/format';
import { t } from '@/text/text';

interface Properties {
  readonly of: { readonly statusReason?: string | null | undefined; readonly excludedIn: readonly string[]; readonly needsConsent: boolean };
  readonly className: string | undefined;
}

/**
 * Why a record does not stand: the courts that excluded what it rests on, the provider's consent that is missing for the courts asked for, or
 * why it was retracted; nothing where it stands.
 */
export function Reason({ of: { statusReason, excludedIn, needsConsent }, className }: Properties): ReactNode {
  const excluded = excludedIn.length > 0 && t('standingIn.excluded', { countries: listed(excludedIn) });
  const said = [excluded, needsConsent && t('standingIn.needsConsent')].filter(Boolean).join(t('ui.comma'))
    || (statusReason && t('entity.reason', { reason: statusReason }));
  return said && <span className={className}>{said}</span>;
}
