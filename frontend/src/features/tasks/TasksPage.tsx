import { IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import type { TaskFilter, TasksOf, TaskState } from '@/api/generated/graphql';
import { useRight, useSpace } from '@/api/SpaceContext';
import { notClosed, taskOperations, useTaskCounts } from '@/api/tasks';
import { Board } from '@/features/tasks/board/Board';
import { useAnnounce } from '@/live/hooks';
import { useReconciled } from '@/live/useReconciled';
import { useRefreshOn } from '@/live/useRefreshOn';
import { formatList, formatToday } from '@/text/format';
import { t } from '@/text/text';
import { Button, IconButton } from '@/ui/Button';
import { SelectField } from '@/ui/Field';
import { usePage } from '@/ui/Page';
import { Segmented } from '@/ui/Segmented';
import { Empty } from '@/ui/States';
import { MentionsPanel } from '@/ui/tasks/MentionsPanel';
import { NewTaskDialog } from '@/ui/tasks/NewTaskDialog';
import { TaskList } from '@/ui/tasks/TaskList';
import { useNarrow } from '@/ui/useNarrow';
import styles from '@/ui/tasks/tasks.module.css';

type Which = 'open' | 'overdue' | 'closed' | 'all';
type View = 'list' | 'board';
const closed: TaskState[] = ['DONE', 'CANCELLED'];
const states: Record<Which, TaskState[] | null> = { open: notClosed, overdue: null, closed, all: null };
const whose: readonly TasksOf[] = ['MINE', 'MY_AGENCY', 'EVERYBODY'];
const which: readonly Which[] = ['open', 'overdue', 'closed', 'all'];
const views: readonly View[] = ['list', 'board'];

/** What is shown, as the address says; on a phone one's own tasks unless it says otherwise. */
function useChoice(narrow: boolean) {
  const [asked, setAsked] = useSearchParams();
  const set = (name: string, value: string): void => setAsked((before) => {
    before.set(name, value);
    return before;
  }, { replace: true });
  return {
    of: whose.find((each) => each === asked.get('of')) ?? (narrow ? 'MINE' : 'EVERYBODY'),
    shown: which.find((each) => each === asked.get('show')) ?? 'open',
    view: views.find((each) => each === asked.get('view')) ?? 'list',
    inCase: asked.get('case') ?? '',
    set,
  };
}

type Choice = ReturnType<typeof useChoice>;

function Whose({ choice: { of, set } }: { readonly choice: Choice }): ReactNode {
  const counts = useTaskCounts(useSpace().id);
  const named = (each: TasksOf): string => (counts ? t('tasks.counted', { name: t(`tasks.${each}`), count: counts[each] }) : t(`tasks.${each}`));
  return <Segmented label={t('tasks.whose')} value={of} options={whose.map((value) => ({ value, label: named(value) }))} onChange={(value) => set('of', value)} />;
}

function Narrowing({ choice: { shown, view, inCase, set } }: { readonly choice: Choice }): ReactNode {
  const { cases } = useSpace();
  return (
    <>
      <Segmented label={t('tasks.view')} value={view} options={views.map((value) => ({ value, label: t(`tasks.${value}`) }))} onChange={(value) => set('view', value)} />
      {view === 'list' && (
        <Segmented label={t('tasks.which')} value={shown} options={which.map((value) => ({ value, label: t(`tasks.${value}`) }))} onChange={(value) => set('show', value)} />
      )}
      <SelectField label={t('tasks.case')} value={inCase} onChange={(value) => set('case', value)}>
        <option value="">{t('tasks.anyCase')}</option>
        {cases.map(({ id, title }) => <option key={id} value={id}>{title}</option>)}
      </SelectField>
    </>
  );
}

/** Whose, and what narrows; on a phone the latter is folded away, with what is chosen beside it, so that the tasks come first. */
function Filters({ choice, narrow, add }: { readonly choice: Choice; readonly narrow: boolean; readonly add: ReactNode }): ReactNode {
  const { cases } = useSpace();
  const { shown, view, inCase } = choice;
  if (!narrow) return <div className={styles['filters']}><Whose choice={choice} /><Narrowing choice={choice} /></div>;
  const chosen = [t(`tasks.${view}`), ...(view === 'list' ? [t(`tasks.${shown}`)] : []), ...cases.filter(({ id }) => id === inCase).map(({ title }) => title)];
  return (
    <>
      <div className={styles['first']}><Whose choice={choice} />{add}</div>
      <details className={styles['fold']}>
        <summary>{t('search.filters')} <bdi>{formatList(chosen)}</bdi></summary>
        <div className={styles['filters']}><Narrowing choice={choice} /></div>
      </details>
    </>
  );
}

/** Who does what by when: mine, my authority's or the team's, as a list or on a board. */
export function TasksPage(): ReactNode {
  const space = useSpace();
  const writes = useRight('WRITE_CONTENT');
  const narrow = useNarrow();
  const choice = useChoice(narrow);
  const [adding, setAdding] = useState(false);
  const { of, shown, view, inCase } = choice;
  const filter: TaskFilter = { whose: of, case: inCase || null, about: null, states: states[shown], overdue: shown === 'overdue' };
  const name = of === 'MINE' ? t('tasks.myDay', { day: formatToday(new Date()) }) : t('tasks.title');
  usePage({ title: t('tasks.title'), path: [{ label: narrow ? name : t('tasks.title') }] });
  useAnnounce(space.id, 'tasks');
  useRefreshOn(space.id, taskOperations);
  const plain = of === 'EVERYBODY' && shown !== 'closed' && shown !== 'overdue' && !inCase;
  return (
    <div className={`${styles['page'] ?? ''} ${view === 'board' ? (styles['wide'] ?? '') : ''}`}>
      {narrow ? <h1 className="visually-hidden">{name}</h1> : <div className={styles['title']}>
        <h1>{name}</h1>
        {writes && <Button look="primary" onClick={() => setAdding(true)}><IconPlus size={16} aria-hidden />{t('tasks.add')}</Button>}
      </div>}
      <Filters choice={choice} narrow={narrow}
        add={writes && <IconButton look="plain" label={t('tasks.add')} icon={<IconPlus size={20} aria-hidden />} onClick={() => setAdding(true)} />} />
      {of === 'MINE' && <MentionsPanel reconciled={useReconciled} />}
      {view === 'board' ? <Board filter={{ ...filter, states: null, overdue: false }} /> : (
        <TaskList space={space.id} filter={filter} title={t(`tasks.${of}`)} byDay={of === 'MINE' || narrow} reconciled={useReconciled}
          empty={<Empty text={plain ? t('tasks.empty') : t('tasks.emptyFilter')} />} />
      )}
      {adding && <NewTaskDialog inCase={inCase} onClose={() => setAdding(false)} />}
    </div>
  );
}
