import { IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { Group } from '@/api/ontology';
import { useRight, useSpace } from '@/api/SpaceContext';
import { passageId, Passages } from '@/app/search/Passages';
import { Chips, Deeds, deedsFor, hitId, Results, type Deed } from '@/app/search/Results';
import { least, useHits, type Answer } from '@/features/entities/search/hits';
import { isNarrowed, type Narrowing } from '@/features/entities/search/narrowing';
import { SearchFilters } from '@/features/entities/search/SearchFilters';
import { passageAddress, usePassages, type Passage } from '@/features/evidence/passages';
import { t } from '@/text/text';
import { ReadProblem } from '@/ui/States';
import type { Thing } from '@/ui/tasks/things';
import { useSettled } from '@/ui/useSettled';
import styles from '@/app/search/SearchPalette.module.css';
import controls from '@/ui/controls.module.css';

const none: readonly Passage[] = [];

/** What is said where there are no hits to show. */
function Notes({ asked, answer, found }: { readonly asked: string; readonly answer: Answer; readonly found: number }): ReactNode {
  if (asked.length < least) return <p className={styles['note']}>{t('search.hint')}</p>;
  if (answer.error) return <ReadProblem error={answer.error} />;
  return answer.isSuccess && found === 0 ? <p className={styles['note']} role="status">{t('search.none', { text: asked })}</p> : null;
}

function Foot({ space }: { readonly space: string }): ReactNode {
  return (
    <div className={styles['foot']}>
      <span>{t('search.scope', { space })}</span>
      <span><span className={controls['key']}>↑</span> <span className={controls['key']}>↓</span> {t('search.move')}</span>
      <span><span className={controls['key']}>Enter</span> {t('search.open')}</span>
      <span><span className={controls['key']}>{t('search.chartKeys')}</span> {t('search.toChart')}</span>
    </div>
  );
}

/** Opens the dialog, and keeps the current row in sight. */
function useDialog(current: string | undefined): React.RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => {
    if (current) document.getElementById(current)?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return dialog;
}

interface Properties {
  readonly onClose: () => void;
  /** Makes a task about what was found, instead of the palette. */
  readonly onTask: (about: Thing) => void;
}

/** Ctrl-K: one input over everything in the space that the reader may see, saying why each hit matched. */
export function SearchPalette({ onClose, onTask }: Properties): ReactNode {
  const space = useSpace();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [scope, setScope] = useState<Group | null>(null);
  const [narrowing, setNarrowing] = useState<Narrowing>({});
  const [filtering, setFiltering] = useState(false);
  const [at, setAt] = useState(0);
  const asked = useSettled(useDeferredValue(text), 120).trim();
  const every = useHits(asked, narrowing);
  const within = useHits(scope ? asked : '', narrowing, scope);
  const { answer, byGroup } = scope ? within : every;
  const flat = [...byGroup.values()].flat();
  const standing = usePassages(asked, asked.length >= least && scope === null && !isNarrowed(narrowing)); // the filters are of records
  const passages = answer.isSuccess || answer.error ? standing : none; // behind the hits, so that nothing moves under a hand
  const found = flat.length + passages.length;
  const deeds = deedsFor(flat[0], space.id, { text: asked, group: scope, narrowing }, useRight('WRITE_CONTENT'));
  const options = [...flat.map(hitId), ...passages.map(passageId), ...deeds.map(({ id }) => id)];
  const current = options[Math.min(at, options.length - 1)];
  const dialog = useDialog(current);
  const go = (to: string): void => {
    onClose();
    void navigate(to);
  };
  const open = (id: string): void => go(`/s/${space.id}/entities/${id}`);
  const carryOut = ({ to }: Deed): void => {
    const best = flat[0]?.entity;
    if (to) go(to);
    else if (best) onTask({ id: best.id, name: best.caption });
  };
  const enter = (toChart: boolean): void => {
    const hit = flat.find((each) => hitId(each) === current);
    const passage = passages.find((each) => passageId(each) === current);
    const deed = deeds.find(({ id }) => id === current);
    if (hit && toChart) go(`/s/${space.id}/network?focus=${hit.entity.id}`);
    else if (hit) open(hit.entity.id);
    else if (passage) go(passageAddress(space.id, passage));
    else if (deed) carryOut(deed);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      setAt(Math.max(0, Math.min(options.length - 1, at + by)));
    }
    if (event.key === 'Enter') {
      event.preventDefault(); // it would press the first button of a dialog that opens
      enter(event.ctrlKey || event.metaKey);
    }
  };
  return (
    <dialog ref={dialog} className={styles['palette']} aria-label={t('search.label')} onCancel={onClose} onClose={onClose}>
      <div className={styles['frame']}>
        <div className={styles['top']}>
          <IconSearch size={20} aria-hidden />
          <input role="combobox" type="text" aria-label={t('search.label')} aria-expanded={found > 0} aria-controls="search-results"
            aria-activedescendant={current} autoComplete="off" spellCheck={false} dir="auto" value={text}
            onKeyDown={onKeyDown} onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }} />
          <button type="button" className={controls['key']} onClick={onClose}>{t('search.close')}</button>
        </div>
        <Chips byGroup={every.byGroup} scope={scope} onScope={setScope} filtering={filtering} onFilters={() => setFiltering(!filtering)} />
        {filtering && <SearchFilters value={narrowing} onChange={setNarrowing} />}
        <Notes asked={asked} answer={answer} found={found} />
        {found > 0 && <Results byGroup={byGroup} current={current} onOpen={open}>
          <Passages passages={passages} current={current} onOpen={(passage) => go(passageAddress(space.id, passage))} />
          {deeds.length > 0 && <Deeds deeds={deeds} current={current} onDo={carryOut} />}
        </Results>}
        <Foot space={space.name} />
      </div>
    </dialog>
  );
}
