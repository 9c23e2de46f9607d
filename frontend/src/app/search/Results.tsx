import { IconChecklist, IconListSearch, IconRoute, IconTopologyStar3, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Group } from '@/api/ontology';
import { HitMargin, Why } from '@/features/entities/search/HitParts';
import type { Hit, Hits } from '@/features/entities/search/hits';
import { toFragment, type Asked } from '@/features/entities/search/narrowing';
import { t } from '@/text/text';
import { KindIcon } from '@/ui/KindIcon';
import styles from '@/app/search/SearchPalette.module.css';
import controls from '@/ui/controls.module.css';

export const hitId = ({ entity }: Hit): string => `hit-${entity.id}`;

interface RowProperties {
  readonly hit: Hit;
  readonly current: boolean;
  readonly onOpen: (id: string) => void;
}

function HitRow({ hit, current, onOpen }: RowProperties): ReactNode {
  const { entity, record } = hit;
  return (
    // The input keeps the focus and the keys; aria-activedescendant names the row.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div id={hitId(hit)} role="option" tabIndex={-1} aria-selected={current} className={styles['hit']} onClick={() => onOpen(entity.id)}>
      <KindIcon kind={entity.kind} size={22} />
      <div><bdi className={styles['caption']}>{entity.caption}</bdi><Why hit={hit} /></div>
      <HitMargin record={record} />
    </div>
  );
}

interface ListProperties {
  readonly children: ReactNode;
  readonly byGroup: Hits;
  readonly current: string | undefined;
  readonly onOpen: (id: string) => void;
}

export function Results({ byGroup, current, onOpen, children }: ListProperties): ReactNode {
  return (
    <div id="search-results" role="listbox" aria-label={t('search.label')} className={styles['results']}>
      {[...byGroup].map(([group, hits]) => (
        <div key={group} role="group" aria-label={t(`group.${group}`)}>
          <div className={styles['group']} aria-hidden>{t(`group.${group}`)}</div>
          {hits.map((hit) => <HitRow key={hit.entity.id} hit={hit} current={hitId(hit) === current} onOpen={onOpen} />)}
        </div>
      ))}
      {children}
    </div>
  );
}

export interface Deed {
  readonly id: string;
  readonly icon: Icon;
  readonly words: string;
  readonly hint: string;
  readonly keys?: string;
  /** Where it leads; null where it makes a task. */
  readonly to: string | null;
}

/** What can be done with the best hit, beside opening it; and all that was found, on a page of its own. */
export function deedsFor(hit: Hit | undefined, space: string, asked: Asked, writes: boolean): readonly Deed[] {
  if (!hit) return [];
  const { id, caption: name } = hit.entity;
  return [
    { id: 'deed-all', icon: IconListSearch, words: t('search.all', { text: asked.text }), hint: t('search.allHint'), to: `/s/${space}/search${toFragment(asked)}` },
    { id: 'deed-chart', icon: IconTopologyStar3, words: t('search.chart', { name }), hint: t('search.chartHint'), keys: t('search.chartKeys'), to: `/s/${space}/network?focus=${id}` },
    { id: 'deed-paths', icon: IconRoute, words: t('search.paths', { name }), hint: t('search.pathsHint'), to: `/s/${space}/network?paths=${id}` },
    ...(writes ? [{ id: 'deed-task', icon: IconChecklist, words: t('search.task', { name }), hint: t('search.taskHint'), to: null }] : []),
  ];
}

export function Deeds({ deeds, current, onDo }: { readonly deeds: readonly Deed[]; readonly current: string | undefined; readonly onDo: (deed: Deed) => void }): ReactNode {
  return (
    <div role="group" aria-label={t('search.do')}>
      <div className={styles['group']} aria-hidden>{t('search.do')}</div>
      {deeds.map((deed) => (
        // As for the hits: the input keeps the focus and the keys.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <div key={deed.id} id={deed.id} role="option" tabIndex={-1} aria-selected={deed.id === current} className={styles['hit']} onClick={() => onDo(deed)}>
          <deed.icon size={22} stroke={1.6} aria-hidden />
          <div><bdi className={styles['caption']}>{deed.words}</bdi><span className={styles['hint']}>{deed.hint}</span></div>
          {deed.keys && <span className={controls['key']}>{deed.keys}</span>}
        </div>
      ))}
    </div>
  );
}

interface ChipsProperties {
  readonly byGroup: Hits;
  readonly scope: Group | null;
  readonly onScope: (scope: Group | null) => void;
  readonly filtering: boolean;
  readonly onFilters: () => void;
}

/** One chip for each group that was found, and the button of the filters. */
export function Chips({ byGroup, scope, onScope, filtering, onFilters }: ChipsProperties): ReactNode {
  return (
    <div className={styles['chips']}>
      <button type="button" className={styles['chip']} aria-pressed={scope === null} onClick={() => onScope(null)}>{t('search.everything')}</button>
      {[...byGroup].map(([group, hits]) => (
        <button key={group} type="button" className={styles['chip']} aria-pressed={scope === group} onClick={() => onScope(group)}>
          {t('search.chip', { group: t(`group.${group}`), n: hits.length })}
        </button>
      ))}
      <button type="button" className={`${styles['chip'] ?? ''} ${styles['last'] ?? ''}`} aria-expanded={filtering} onClick={onFilters}>{t('search.filters')}</button>
    </div>
  );
}
