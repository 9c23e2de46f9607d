import { IconCircleCheck, IconCircleDashed, IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useSpace } from '@/api/SpaceContext';
import { ConsentDialog, WithdrawDialog } from '@/features/evidence/court/ConsentDialogs';
import type { ConsentInfo, Consents } from '@/features/evidence/court/queries';
import type { ExhibitInfo } from '@/features/evidence/queries';
import { formatMoment, listed } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import styles from '@/features/evidence/court/court.module.css';

/** To what was consented: "Courts of IT", "Handing on to Politie" */
export const consentedTo = ({ country, recipient }: ConsentInfo): string =>
  country ? t('consent.court', { country }) : t('consent.recipient', { name: recipient?.name ?? '' });

const by = (person: { readonly name: string } | null | undefined): string => (person ? t('ui.comma') + t('consent.by', { name: person.name }) : '');

function Item({ of, onWithdraw }: { readonly of: ConsentInfo; readonly onWithdraw: (() => void) | null }): ReactNode {
  const Glyph = of.withdrawnAt ? IconX : IconCircleCheck;
  return (
    <li className={styles['challenge']} data-outcome={of.withdrawnAt ? 'EXCLUDED' : 'REJECTED'}>
      <Glyph size={16} aria-hidden />
      <div className={styles['cites']}>
        <p><strong><bdi>{consentedTo(of)}</bdi></strong></p>
        <p className={styles['quiet']}>{t('consent.given', { at: formatMoment(of.givenAt) })}{by(of.givenBy)}</p>
        {of.terms && <p className={styles['said']}>{t('consent.terms')}: <bdi>{of.terms}</bdi></p>}
        {of.withdrawnAt && <p className={styles['outcome']}>{t('consent.withdrawn', { at: formatMoment(of.withdrawnAt) })}{by(of.withdrawnBy)}</p>}
        {onWithdraw && <Button small onClick={onWithdraw}>{t('consent.withdraw')}</Button>}
      </div>
    </li>
  );
}

/** For which courts of the team's countries a consent is missing that the handling code asks for. */
function Missing({ of, consents: { courts, provider } }: { readonly of: ExhibitInfo; readonly consents: Consents }): ReactNode {
  const { countries, thirdCountries } = useSpace();
  const missing = courts ? [...new Set([...countries, ...thirdCountries])].filter((code) => !courts.includes(code)) : [];
  return missing.length > 0 && (
    <p className={styles['warned']}>
      <IconCircleDashed size={16} aria-hidden />{t('consent.missing', { code: of.handling, name: provider.name, place: listed(missing) })}
    </p>
  );
}

/** What the provider of an exhibit consented to, and for which courts its consent is missing. */
export function ConsentTab({ of, consents }: { readonly of: ExhibitInfo; readonly consents: Consents }): ReactNode {
  const [giving, setGiving] = useState(false);
  const [withdrawing, setWithdrawing] = useState<ConsentInfo | null>(null);
  const { needed, mayGive, courts, provider, given } = consents;
  return (
    <div className={styles['tab']}>
      {needed && <p className={styles['said']}>{t('consent.code', { code: of.handling, name: provider.name, country: provider.country })}</p>}
      {courts && <p className={styles['said']}>{courts.length > 0 ? t('consent.stands', { countries: listed(courts) }) : t('consent.nowhere')}</p>}
      {needed && <Missing of={of} consents={consents} />}
      {given.length > 0 && (
        <ul className={styles['list']} aria-label={t('consent.list')}>
          {given.map((each) => <Item key={each.id} of={each} onWithdraw={mayGive && !each.withdrawnAt ? () => setWithdrawing(each) : null} />)}
        </ul>
      )}
      {mayGive && <div className={styles['buttons']}><Button onClick={() => setGiving(true)}><IconCircleCheck size={16} aria-hidden />{t('consent.give')}</Button></div>}
      {giving && <ConsentDialog of={of} consents={consents} onClose={() => setGiving(false)} />}
      {withdrawing && <WithdrawDialog of={of} consent={withdrawing} onClose={() => setWithdrawing(null)} />}
    </div>
  );
}
