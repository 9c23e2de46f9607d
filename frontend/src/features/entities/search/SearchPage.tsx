import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { useSpace } from '@/api/SpaceContext';
import { DateFields } from '@/features/entities/search/DateFields';
import { FacetList } from '@/features/entities/search/FacetList';
import { HitMargin, Why } from '@/features/entities/search/HitParts';
import { least, searchOperations, useFacets, useHits, type FacetCounts, type Hit } from '@/features/entities/search/hits';
import { fromFragment, isNarrowed, toFragment, type Asked } from '@/features/entities/search/narrowing';
import { useAnnounce } from '@/live/hooks';
import { useReconciled } from '@/live/useReconciled';
import { useRefreshOn } from '@/live/useRefreshOn';
import { formatCount } from '@/text/format';
import { t } from '@/text/text';
import { Button, LinkButton } from '@/ui/Button';
import { strictest } from '@/ui/facts/standing';
import { TextField } from '@/ui/Field';
import { KindIcon } from '@/ui/KindIcon';
import { usePage } from '@/ui/Page';
import { CourtBand } from '@/ui/StandingIn';
import { Answer, Empty } from '@/ui/States';
import { useSettled } from '@/ui/useSettled';
import { useWidth } from '@/ui/useWidth';
import styles from '@/features/entities/search/search.module.css';

const page = 50;
const most = 100;
/** From this width of the page on, in CSS px, what narrows has room beside the results. */
const roomy = 744;

/** What is asked stands in the address, behind the `#`, so that a search can be gone back to and handed on. */
function useAsked(): [Asked, (part: Partial<Asked>) => void] {
  const { hash } = useLocation();
  const navigate = useNavigate();
  const asked = useMemo(() => fromFragment(hash), [hash]);
  const ask = (part: Partial<Asked>): void => void navigate({ hash: toFragment({ ...asked, ...part }) }, { replace: true });
  return [asked, ask];
}

function HitRow({ space, hit }: { readonly space: string; readonly hit: Hit }): ReactNode {
  const { id, kind, caption } = hit.entity;
  return (
    <li className={styles['row']}>
      <KindIcon kind={kind} size={22} />
      <div><Link className={styles['caption']} to={`/s/${space}/entities/${id}`}><bdi>{caption}</bdi></Link><Why hit={hit} /></div>
      <HitMargin record={hit.record} />
    </li>
  );
}

/** How many there are, and whether these are all that were looked at. */
function Total({ counts, shown }: { readonly counts: FacetCounts | undefined; readonly shown: number }): ReactNode {
  if (!counts) return null;
  const total = Math.max(counts.total, shown);
  return (
    <p className={styles['total']} role="status">
      {t(counts.complete ? 'search.found' : 'search.foundLeast', { count: total })}
      {shown < total && <> {t('search.best', { n: formatCount(shown) })}</>}
    </p>
  );
}

interface BesideProperties {
  readonly asked: Asked;
  readonly counts: FacetCounts | undefined;
  readonly onAsk: (part: Partial<Asked>) => void;
  readonly folded: boolean;
}

/** What narrows, beside the results; where there is little room, behind a button above them. */
function Beside({ asked, counts, onAsk, folded }: BesideProperties): ReactNode {
  const content = (
    <>
      <FacetList asked={asked} counts={counts} onAsk={onAsk} />
      <div role="group" aria-label={t('search.dates')} className={styles['dates']}>
        <h2 aria-hidden>{t('search.dates')}</h2>
        <DateFields value={asked.narrowing} onChange={(narrowing) => onAsk({ narrowing })} />
      </div>
      {(asked.group ?? isNarrowed(asked.narrowing)) && <LinkButton onClick={() => onAsk({ group: null, narrowing: {} })}>{t('search.clear')}</LinkButton>}
    </>
  );
  return folded
    ? <details className={styles['fold']}><summary>{t('search.filters')}</summary><div className={styles['beside']}>{content}</div></details>
    : <section className={styles['beside']} aria-label={t('search.filters')}>{content}</section>;
}

/** All that a search finds, with what narrows it beside the results. */
export function SearchPage(): ReactNode {
  const { id } = useSpace();
  const [asked, ask] = useAsked();
  const [element, width] = useWidth<HTMLDivElement>();
  const [first, setFirst] = useState(page);
  const text = useSettled(useDeferredValue(asked.text), 150).trim();
  const { answer, hits } = useHits(text, asked.narrowing, asked.group, first);
  const counts = useFacets(text, asked.narrowing, asked.group);
  const known = useReconciled(id, useMemo(() => hits.map((hit) => ({ ...hit, id: hit.entity.id })), [hits]));
  usePage({ title: t('search.title'), path: [{ label: t('search.title') }], handling: strictest(hits.map(({ record }) => record.handling)) });
  useAnnounce(id, 'entities');
  useRefreshOn(id, searchOperations);
  return (
    <div ref={element} className={styles['page']}>
      <h1>{t('search.title')}</h1>
      <CourtBand />
      <TextField label={t('search.label')} type="search" dir="auto" autoComplete="off" spellCheck={false} value={asked.text} onChange={(value) => ask({ text: value })} />
      {text.length < least ? <Empty text={t('search.hint')} /> : (
        <div className={styles['columns']}>
          <Beside asked={asked} counts={counts} onAsk={ask} folded={width !== null && width < roomy} />
          <section className={styles['list']} aria-label={t('search.results')}>
            <Answer of={answer}>
              {() => known.length === 0 ? <Empty text={t(isNarrowed(asked.narrowing) || asked.group ? 'search.noneSo' : 'search.none', { text })} /> : (
                <>
                  <Total counts={counts} shown={known.length} />
                  <ul>{known.map((hit) => <HitRow key={hit.id} space={id} hit={hit} />)}</ul>
                  {hits.length === first && first < most && <div className={styles['more']}><Button onClick={() => setFirst(Math.min(most, first + page))}>{t('ui.loadMore')}</Button></div>}
                </>
              )}
            </Answer>
          </section>
        </div>
      )}
    </div>
  );
}
