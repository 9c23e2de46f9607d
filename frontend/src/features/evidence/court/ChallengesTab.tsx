import { IconBan, IconGavel, IconShieldCheck, type Icon } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useRight } from '@/api/SpaceContext';
import { ChallengeDialog, DecideDialog } from '@/features/evidence/court/ChallengeDialogs';
import type { ChallengeInfo } from '@/features/evidence/court/queries';
import { WhatFalls } from '@/features/evidence/court/WhatFalls';
import type { ExhibitInfo } from '@/features/evidence/queries';
import { formatMoment } from '@/text/format';
import { t } from '@/text/text';
import { CountryCode } from '@/ui/Badges';
import { Button } from '@/ui/Button';
import styles from '@/features/evidence/court/court.module.css';

const icons: Record<ChallengeInfo['outcome'], Icon> = { OPEN: IconGavel, REJECTED: IconShieldCheck, EXCLUDED: IconBan };

function Item({ of, onDecide }: { readonly of: ChallengeInfo; readonly onDecide: (() => void) | null }): ReactNode {
  const Glyph = icons[of.outcome];
  return (
    <li className={styles['challenge']} data-outcome={of.outcome}>
      <Glyph size={16} aria-hidden />
      <div className={styles['cites']}>
        <p><strong><bdi>{of.by}</bdi></strong></p>
        <p className={styles['said']}><bdi>{of.ground}</bdi></p>
        <p className={styles['said']}><bdi>{of.court}</bdi> <CountryCode code={of.country} /></p>
        <p className={styles['quiet']}>{t('challenge.filedAt', { at: formatMoment(of.filedAt) })}{of.enteredBy && <>{t('ui.comma')}{t('challenge.enteredBy', { name: of.enteredBy.name })}</>}</p>
        <p className={styles['outcome']}>{t(`challengeOutcome.${of.outcome}`)}</p>
        {of.ruling && <p className={styles['said']}>{t('challenge.ruling')}: <bdi>{of.ruling}</bdi></p>}
        {of.ruledAt && <p className={styles['quiet']}>{t('challenge.ruledAt', { at: formatMoment(of.ruledAt) })}</p>}
        {onDecide && <Button small onClick={onDecide}>{t('challenge.decide')}</Button>}
      </div>
    </li>
  );
}

/** The challenges of an exhibit and what courts decided on them; below, whenever one asks, what would fall with it. */
export function ChallengesTab({ of, challenges }: { readonly of: ExhibitInfo; readonly challenges: readonly ChallengeInfo[] }): ReactNode {
  const writes = useRight('WRITE_CONTENT');
  const decides = useRight('MANAGE_CASES');
  const [adding, setAdding] = useState(false);
  const [deciding, setDeciding] = useState<ChallengeInfo | null>(null);
  const [falls, setFalls] = useState(of.challengedIn.length > 0);
  return (
    <div className={styles['tab']}>
      {challenges.length === 0
        ? <p className={styles['quiet']}>{t('challenge.none')}</p>
        : <ul className={styles['list']} aria-label={t('challenge.list')}>
            {challenges.map((each) => <Item key={each.id} of={each} onDecide={decides && each.outcome === 'OPEN' ? () => setDeciding(each) : null} />)}
          </ul>}
      <div className={styles['buttons']}>
        {writes && <Button onClick={() => setAdding(true)}><IconGavel size={16} aria-hidden />{t('challenge.open')}</Button>}
        <Button aria-expanded={falls} onClick={() => setFalls(!falls)}><IconBan size={16} aria-hidden />{t('falls.show')}</Button>
      </div>
      {falls && <WhatFalls of={of} />}
      {adding && <ChallengeDialog of={of} onClose={() => setAdding(false)} />}
      {deciding && <DecideDialog of={of} challenge={deciding} onClose={() => setDeciding(null)} />}
    </div>
  );
}
