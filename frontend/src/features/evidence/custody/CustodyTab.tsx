import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconDots, IconGavel, IconPrinter } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useAsk } from '@/api/hooks';
import { useRight, useSpace } from '@/api/SpaceContext';
import { entriesOf, finding, hashHeld, shortHash, viewed, virusIn, type Entry } from '@/features/evidence/custody/timeline';
import { fileAddress, ViewingsDocument, type CustodyEvent, type ExhibitInfo, type Viewing } from '@/features/evidence/queries';
import { formatAge, formatMoment, formatZoned } from '@/text/format';
import { useLanguage } from '@/text/language';
import { t } from '@/text/text';
import { CountryCode } from '@/ui/Badges';
import { buttonClass } from '@/ui/Button';
import { useNow } from '@/ui/ChangeLine';
import styles from '@/features/evidence/custody/custody.module.css';

/** These are about its use before courts. */
const courts: ReadonlySet<CustodyEvent['verb']> = new Set(['CHALLENGED', 'RULED', 'CONSENTED', 'WITHDREW']);
/** With these a hash is made for the first time. */
const hashing: ReadonlySet<CustodyEvent['verb']> = new Set(['ACQUIRED', 'DERIVED']);

function Node(entry: Entry): ReactNode {
  const { verb, open } = entry.event;
  if (verb === 'ALERTED' || virusIn(entry.event) || hashHeld(finding(entry)) === false) return <IconAlertTriangle size={16} aria-hidden className={styles['wrong']} />;
  if (open) return <IconCircleDashed size={16} aria-hidden className={styles['open']} />;
  if (courts.has(verb)) return <IconGavel size={16} aria-hidden className={styles['court']} />;
  return <IconCircleCheck size={16} aria-hidden className={styles['met']} />;
}

/** From whom to whom, else whose authority did it. */
function Countries({ event: { from, to, agency } }: Entry): ReactNode {
  if (from && to) return <span className={styles['codes']}><CountryCode code={from.country} /> <span aria-hidden className="mirrored">→</span> <CountryCode code={to.country} /></span>;
  return agency && <CountryCode code={agency.country} />;
}

/** Who (nobody: the server itself) and to whom, where, why, in which condition: what was said of it, each part set apart from the others. */
function Said({ of: { verb, by, agency, to, place, reason, condition, seal } }: { readonly of: CustodyEvent }): ReactNode {
  const parts = [
    by?.name ?? (agency ? '' : t('custody.byServer')), to ? t('custody.toWhom', { name: to.name }) : '', place, verb === 'SCANNED' ? '' : reason, condition, seal ? t('custody.sealed', { number: seal }) : '',
  ].filter(Boolean);
  return parts.map((part, at) => <Fragment key={at}>{at > 0 && t('ui.comma')}<bdi>{part}</bdi></Fragment>);
}

/** What a virus scanner said. */
function Scanned({ found }: { readonly found: string }): ReactNode {
  return <p className={styles[found ? 'broken' : 'said']}>{found ? t('custody.infected', { found }) : t('custody.clean')}</p>;
}

/** From which exhibit this one was derived, as far as the reader sees it. */
function Origin({ of }: { readonly of: NonNullable<ExhibitInfo['parent']> }): ReactNode {
  const { id } = useSpace();
  return <p className={styles['said']}>{t('exhibit.parent')} <Link to={`/s/${id}/evidence/${of.id}`}><bdi dir="ltr">{of.number}</bdi> <bdi>{of.title}</bdi></Link></p>;
}

function Line({ entry, parent, now }: { readonly entry: Entry; readonly parent: ExhibitInfo['parent']; readonly now: number }): ReactNode {
  const { event, receipt } = entry;
  const seen = finding(entry);
  const held = hashHeld(seen);
  return (
    <li className={styles['event']} data-open={event.open || undefined}>
      <Node {...entry} />
      <div>
        <p className={styles['head']}>
          <strong>{t(`custodyVerb.${event.verb}`)}</strong> <Countries {...entry} />
          <time dateTime={event.at} title={formatMoment(event.at)}>{formatZoned(event.at, event.zone)}</time>
        </p>
        <p className={styles['said']}><Said of={event} /></p>
        {event.verb === 'SCANNED' && <Scanned found={virusIn(event)} />}
        {event.verb === 'DERIVED' && parent && <Origin of={parent} />}
        {hashing.has(event.verb) && event.hashAfter && <p className={styles['said']}>SHA-256 <bdi className={styles['mono']} dir="ltr">{shortHash(event.hashAfter)}</bdi></p>}
        {receipt && <p className={styles['said']}>{t('custody.receivedAt', { at: formatZoned(receipt.at, receipt.zone) })} <Said of={receipt} /></p>}
        {held !== null && <p className={held ? styles['said'] : styles['broken']}>{t(held ? 'custody.hashEqual' : seen.hashAfter ? 'custody.hashDiffers' : 'custody.hashNone')}</p>}
        {event.open && <p className={styles['waits']}>{t('custody.open', { name: event.to?.name ?? '', country: event.to?.country ?? '', age: formatAge(event.at, now) })}</p>}
      </div>
    </li>
  );
}

function ViewLine({ row }: { readonly row: Viewing }): ReactNode {
  return (
    <li>
      <bdi>{row.person.name}</bdi> <CountryCode code={row.person.agency.country} /> <span className={styles['quiet']}>{t('custody.viewedRow', { count: row.times, at: formatMoment(row.lastAt) })}</span>
    </li>
  );
}

/** All views in one line: everybody's for whoever reads the log, else the reader's own. */
function Views({ exhibit }: { readonly exhibit: string }): ReactNode {
  const { id } = useSpace();
  const reads = useRight('READ_LOG');
  const { data } = useAsk(ViewingsDocument, { space: id, exhibit }, { space: id });
  if (!data) return null;
  const { times, people } = viewed(data.exhibitViewings);
  if (!reads) return <li className={styles['event']}><IconDots size={16} aria-hidden /><p>{t('custody.viewedByYou', { count: times })}</p></li>;
  return (
    <li className={styles['event']}>
      <IconDots size={16} aria-hidden />
      <details className={styles['views']}>
        <summary>{t('custody.viewed', { times: t('custody.times', { count: times }), people: t('custody.people', { count: people }) })}</summary>
        <ul>{data.exhibitViewings.map((row) => <ViewLine key={`${row.person.id} ${row.firstAt}`} row={row} />)}</ul>
      </details>
    </li>
  );
}

/** Every hand that an exhibit passed through, oldest first, also on paper. */
export function CustodyTab({ of, events }: { readonly of: ExhibitInfo; readonly events: readonly CustodyEvent[] }): ReactNode {
  const now = useNow(events.some(({ open }) => open));
  const { id } = useSpace();
  const language = useLanguage();
  return (
    <>
      <a className={buttonClass()} href={`${fileAddress(id, of.id, '/custody.pdf')}&language=${language}`} download><IconPrinter size={16} aria-hidden />{t('custody.print')}</a>
      <ol className={styles['timeline']}>
        {entriesOf(events).map((entry) => <Line key={entry.event.id} entry={entry} parent={of.parent} now={now} />)}
        <Views exhibit={of.id} />
      </ol>
    </>
  );
}
