import { IconRoute, IconSearch, IconTopologyStar3, type Icon } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { graphql } from '@/api/generated/gql';
import type { SearchQuery } from '@/api/generated/graphql';
import { useAsk } from '@/api/hooks';
import { groups, useOntology, type Group } from '@/api/ontology';
import { useSpace } from '@/api/SpaceContext';
import { propertyName } from '@/text/ontology';
import { t } from '@/text/text';
import { KindIcon } from '@/ui/KindIcon';
import { ReadProblem } from '@/ui/States';
import { useSettled } from '@/ui/useSettled';
import styles from '@/app/SearchPalette.module.css';
import controls from '@/ui/controls.module.css';

const Search = graphql(`
  query Search($space: ID!, $text: String!) {
    search(space: $space, text: $text, first: 30) {
      matched property label score
      entity { id kind caption }
    }
  }
`);

type Hit = SearchQuery['search'][number];
const least = 2;
const hitId = ({ entity }: Hit): string => `hit-${entity.id}`;

/** What matched, with the part typed marked where it can be found literally. */
function Matched({ hit, text }: { readonly hit: Hit; readonly text: string }): ReactNode {
  const at = hit.matched.toLocaleLowerCase().indexOf(text.trim().toLocaleLowerCase());
  const end = at + text.trim().length;
  const value = at < 0 ? <mark>{hit.matched}</mark> : <>{hit.matched.slice(0, at)}<mark>{hit.matched.slice(at, end)}</mark>{hit.matched.slice(end)}</>;
  return <span className={styles['why']}>{propertyName(hit.property, hit.label)}: <bdi>{value}</bdi></span>;
}

function useHits(text: string): { answer: ReturnType<typeof useAsk<SearchQuery, { space: string; text: string }>>; byGroup: ReadonlyMap<Group, readonly Hit[]> } {
  const { id } = useSpace();
  const { group } = useOntology();
  const answer = useAsk(Search, { space: id, text }, { space: id, enabled: text.trim().length >= least, keep: true });
  const hits = text.trim().length >= least ? answer.data?.search : undefined;
  const byGroup = useMemo(() => {
    const seen = new Set<string>();
    const found = new Map<Group, Hit[]>();
    for (const hit of hits ?? []) {
      if (seen.has(hit.entity.id)) continue;
      seen.add(hit.entity.id);
      found.set(group(hit.entity.kind), [...(found.get(group(hit.entity.kind)) ?? []), hit]);
    }
    return new Map(groups.flatMap((each) => (found.has(each) ? [[each, found.get(each) ?? []] as const] : [])));
  }, [hits, group]);
  return { answer, byGroup };
}

interface ListProperties {
  readonly children: ReactNode;
  readonly byGroup: ReadonlyMap<Group, readonly Hit[]>;
  readonly current: string | undefined;
  readonly text: string;
  readonly onOpen: (id: string) => void;
}

function Results({ byGroup, current, text, onOpen, children }: ListProperties): ReactNode {
  return (
    <div id="search-results" role="listbox" aria-label={t('search.label')} className={styles['results']}>
      {[...byGroup].map(([group, hits]) => (
        <div key={group} role="group" aria-label={t(`group.${group}`)}>
          <div className={styles['group']} aria-hidden>{t(`group.${group}`)}</div>
          {hits.map((hit) => (
            // The input keeps the focus and the keys; aria-activedescendant names the row.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <div key={hit.entity.id} id={hitId(hit)} role="option" tabIndex={-1} aria-selected={hitId(hit) === current}
              className={styles['hit']} onClick={() => onOpen(hit.entity.id)}>
              <KindIcon kind={hit.entity.kind} size={22} />
              <div><bdi className={styles['caption']}>{hit.entity.caption}</bdi><br /><Matched hit={hit} text={text} /></div>
            </div>
          ))}
        </div>
      ))}
      {children}
    </div>
  );
}

interface Deed {
  readonly id: string;
  readonly icon: Icon;
  readonly words: string;
  readonly hint: string;
  readonly keys?: string;
  readonly to: string;
}

/** What can be done with the best hit, beside opening it. */
function deedsFor(hit: Hit | undefined, space: string): readonly Deed[] {
  if (!hit) return [];
  const { id, caption: name } = hit.entity;
  return [
    { id: 'deed-chart', icon: IconTopologyStar3, words: t('search.chart', { name }), hint: t('search.chartHint'), keys: t('search.chartKeys'), to: `/s/${space}/network?focus=${id}` },
    { id: 'deed-paths', icon: IconRoute, words: t('search.paths', { name }), hint: t('search.pathsHint'), to: `/s/${space}/network?paths=${id}` },
  ];
}

function Deeds({ deeds, current, onDo }: { readonly deeds: readonly Deed[]; readonly current: string | undefined; readonly onDo: (deed: Deed) => void }): ReactNode {
  return (
    <div role="group" aria-label={t('search.do')}>
      <div className={styles['group']} aria-hidden>{t('search.do')}</div>
      {deeds.map((deed) => (
        // As for the hits: the input keeps the focus and the keys.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <div key={deed.id} id={deed.id} role="option" tabIndex={-1} aria-selected={deed.id === current} className={styles['hit']} onClick={() => onDo(deed)}>
          <deed.icon size={22} stroke={1.6} aria-hidden />
          <div><bdi className={styles['caption']}>{deed.words}</bdi><br /><span className={styles['why']}>{deed.hint}</span></div>
          {deed.keys && <span className={controls['key']}>{deed.keys}</span>}
        </div>
      ))}
    </div>
  );
}

/** Ctrl-K: one input over everything in the space that the reader may see, saying why each hit matched. */
export function SearchPalette({ onClose }: { readonly onClose: () => void }): ReactNode {
  const space = useSpace();
  const navigate = useNavigate();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [scope, setScope] = useState<Group | null>(null);
  const [at, setAt] = useState(0);
  const asked = useSettled(useDeferredValue(text), 120);
  const { answer, byGroup } = useHits(asked);
  const shown = useMemo(() => (scope ? new Map([...byGroup].filter(([group]) => group === scope)) : byGroup), [byGroup, scope]);
  const flat = [...shown.values()].flat();
  const deeds = deedsFor(flat[0], space.id);
  const options = [...flat.map(hitId), ...deeds.map(({ id }) => id)];
  const current = options[Math.min(at, options.length - 1)];
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => {
    if (current) document.getElementById(current)?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const go = (to: string): void => {
    onClose();
    void navigate(to);
  };
  const open = (id: string): void => go(`/s/${space.id}/entities/${id}`);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      setAt(Math.max(0, Math.min(options.length - 1, at + by)));
    }
    if (event.key !== 'Enter') return;
    const hit = flat.find((each) => hitId(each) === current);
    const deed = deeds.find(({ id }) => id === current);
    if (hit && (event.ctrlKey || event.metaKey)) go(`/s/${space.id}/network?focus=${hit.entity.id}`);
    else if (hit) open(hit.entity.id);
    else if (deed) go(deed.to);
  };
  const nothing = asked.trim().length >= least && answer.isSuccess && byGroup.size === 0;
  return (
    <dialog ref={dialog} className={styles['palette']} aria-label={t('search.label')} onCancel={onClose} onClose={onClose}>
      <div className={styles['frame']}>
        <div className={styles['top']}>
          <IconSearch size={20} aria-hidden />
          <input role="combobox" type="text" aria-label={t('search.label')} aria-expanded={flat.length > 0} aria-controls="search-results"
            aria-activedescendant={current} autoComplete="off" spellCheck={false} dir="auto" value={text}
            onKeyDown={onKeyDown} onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }} />
          <button type="button" className={controls['key']} onClick={onClose}>{t('search.close')}</button>
        </div>
        {byGroup.size > 0 && (
          <div className={styles['chips']}>
            <button type="button" className={styles['chip']} aria-pressed={scope === null} onClick={() => setScope(null)}>{t('search.everything')}</button>
            {[...byGroup].map(([group, hits]) => (
              <button key={group} type="button" className={styles['chip']} aria-pressed={scope === group} onClick={() => setScope(group)}>
                {t('search.chip', { group: t(`group.${group}`), n: hits.length })}
              </button>
            ))}
          </div>
        )}
        {answer.error && asked.trim().length >= least && <ReadProblem error={answer.error} />}
        {asked.trim().length < least && <p className={styles['note']}>{t('search.hint')}</p>}
        {nothing && <p className={styles['note']} role="status">{t('search.none', { text: asked.trim() })}</p>}
        {flat.length > 0 && <Results byGroup={shown} current={current} text={asked} onOpen={open}>
          <Deeds deeds={deeds} current={current} onDo={({ to }) => go(to)} />
        </Results>}
        <div className={styles['foot']}>
          <span>{t('search.scope', { space: space.name })}</span>
          <span><span className={controls['key']}>↑</span> <span className={controls['key']}>↓</span> {t('search.move')}</span>
          <span><span className={controls['key']}>Enter</span> {t('search.open')}</span>
          <span><span className={controls['key']}>{t('search.chartKeys')}</span> {t('search.toChart')}</span>
        </div>
      </div>
    </dialog>
  );
}
