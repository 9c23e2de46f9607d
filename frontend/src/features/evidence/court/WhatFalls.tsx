import { IconAffiliate, IconBan } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useAsk } from '@/api/hooks';
import { useOntology } from '@/api/ontology';
import { useSpace } from '@/api/SpaceContext';
import { WhatFallsDocument, type Falling, type FallsAnswer } from '@/features/evidence/court/queries';
import { SubjectIcon, SubjectName } from '@/features/evidence/court/Subject';
import type { ExhibitInfo } from '@/features/evidence/queries';
import { useRefreshOn } from '@/live/useRefreshOn';
import { formatCount } from '@/text/format';
import { propertyName } from '@/text/ontology';
import { t } from '@/text/text';
import { LinkButton } from '@/ui/Button';
import { Altered } from '@/ui/facts/Altered';
import { sourceText } from '@/ui/facts/sourceText';
import { ValueText } from '@/ui/facts/ValueText';
import { Segmented } from '@/ui/Segmented';
import { Answer } from '@/ui/States';
import styles from '@/features/evidence/court/court.module.css';

const atOnce = 8;
/** As many ids as an address carries without trouble. */
const onChart = 60;
const resting: ReadonlySet<string> = new Set(['entity', 'link', 'record', 'merge', 'exhibit']);

/** What is said: of a link which one it is, of an entity one value. */
function Said({ of: { subject, property, label, value } }: { readonly of: Falling }): ReactNode {
  const { kind, linkKinds } = useOntology();
  if (subject.link) return <span className={styles['quiet']}>{linkKinds.find(({ name }) => name === subject.kind)?.label ?? subject.kind}</span>;
  if (!property || value == null) return null;
  const type = kind(subject.kind)?.properties.find(({ name }) => name === property)?.type ?? 'string';
  return <span className={styles['quiet']}>{propertyName(property, label ?? property)}: <ValueText value={value} type={type} /></span>;
}

function Row({ of }: { readonly of: Falling }): ReactNode {
  const { best } = of;
  return (
    <li className={styles['falling']} data-lost={of.others === 0 || undefined}>
      <SubjectIcon of={of.subject} />
      <span className={styles['what']}><SubjectName of={of.subject} /> <Said of={of} /></span>
      <span className={styles['remains']}>
        {best ? <><bdi dir="ltr">{[sourceText(best), best.grade].filter(Boolean).join(' ')}</bdi> <Altered at={best.alteredAt} /></> : t('falls.noOther')}
      </span>
    </li>
  );
}

function Found({ answer: { lost, kept, items }, label }: { readonly answer: FallsAnswer; readonly label: string }): ReactNode {
  const { id } = useSpace();
  const [all, setAll] = useState(false);
  if (items.length === 0) return <p>{t('falls.none')}</p>;
  const ids = [...new Set(items.flatMap(({ subject }) => [subject.id, ...subject.ends.map((end) => end.id)]))].slice(0, onChart);
  const shown = all ? items : items.slice(0, atOnce);
  return (
    <>
      <p className={styles['numbers']} role="status">
        <span><strong>{formatCount(lost)}</strong> {t('falls.lost', { count: lost })}</span>
        <span><strong>{formatCount(kept)}</strong> {t('falls.kept', { count: kept })}</span>
      </p>
      <ul className={styles['list']} aria-label={label}>{shown.map((each) => <Row key={`${each.subject.id} ${each.property ?? ''} ${each.value ?? ''}`} of={each} />)}</ul>
      <p className={styles['foot']}>
        {shown.length < items.length && <LinkButton onClick={() => setAll(true)}>{t('falls.all', { n: formatCount(items.length) })}</LinkButton>}
        <Link to={`/s/${id}/network?select=${ids.join('.')}`}><IconAffiliate size={14} aria-hidden />{t('falls.chart')}</Link>
      </p>
    </>
  );
}

interface Properties {
  readonly of: ExhibitInfo;
  /** The country whose court decides, in the form of the ruling; without it the reader chooses. */
  readonly country?: string;
}

/** What rests on an exhibit and would fall with it in a country: what loses its last source first. Worked out from what the reader sees; nothing changes. */
export function WhatFalls({ of, country }: Properties): ReactNode {
  const { id, countries } = useSpace();
  const heading = useId();
  const [chosen, setChosen] = useState(of.challengedIn[0] ?? of.excludedIn[0] ?? countries[0] ?? '');
  const asked = country ?? chosen;
  const answer = useAsk(WhatFallsDocument, { space: id, exhibit: of.id, country: asked || null }, { space: id, keep: true });
  useRefreshOn(id, ['WhatFalls'], ({ kind }) => resting.has(kind));
  const title = t('falls.title', { number: of.number });
  return (
    <section className={styles['falls']} aria-labelledby={heading}>
      <div className={styles['fallsHead']}>
        <h3 id={heading}><IconBan size={18} aria-hidden />{title}</h3>
        {country === undefined && countries.length > 0 && (
          <Segmented label={t('falls.country')} value={chosen} options={countries.map((code) => ({ value: code, label: code }))} onChange={setChosen} />
        )}
      </div>
      <p className={styles['quiet']}>{of.excludedIn.includes(asked) ? t('falls.already', { country: asked }) : t('falls.unchanged')}</p>
      <Answer of={answer} rows={4}>{({ whatFalls }) => <Found answer={whatFalls} label={title} />}</Answer>
    </section>
  );
}
