import type { ReactNode } from 'react';
import { listed } from '@/text/format';
import { t } from '@/text/text';

interface Properties {
  readonly of: { readonly statusReason?: string | null | undefined; readonly excludedIn: readonly string[] };
  readonly className: string | undefined;
}

/** Why a record does not stand: the courts that excluded what it rests on, or why it was retracted; nothing where it stands. */
export function Reason({ of: { statusReason, excludedIn }, className }: Properties): ReactNode {
  const excluded = excludedIn.length > 0 && t('standingIn.excluded', { countries: listed(excludedIn) });
  const said = excluded || (statusReason && t('entity.reason', { reason: statusReason }));
  return said && <span className={className}>{said}</span>;
}
