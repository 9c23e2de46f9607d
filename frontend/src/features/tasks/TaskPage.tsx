import { IconPencil } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { refresh } from '@/api/cache';
import type { TaskInput, TaskState } from '@/api/generated/graphql';
import { useAct, useAsk } from '@/api/hooks';
import { useMe } from '@/api/session';
import { useSpace } from '@/api/SpaceContext';
import { ChangeTask, TaskDocument, taskOperations, type TaskInfo } from '@/api/tasks';
import { About } from '@/features/tasks/About';
import { CommentsPanel } from '@/features/tasks/comments/CommentsPanel';
import { EditTaskDialog } from '@/features/tasks/EditTaskDialog';
import { useAnnounce, useTouch } from '@/live/hooks';
import { useReconciled } from '@/live/useReconciled';
import { useRefreshOn } from '@/live/useRefreshOn';
import { formatMoment, formatMomentIn } from '@/text/format';
import { t } from '@/text/text';
import { MarkingPill, Pill } from '@/ui/Badges';
import { Button } from '@/ui/Button';
import { ChangeLine, useNow } from '@/ui/ChangeLine';
import { Check } from '@/ui/Field';
import { usePage } from '@/ui/Page';
import { Panel } from '@/ui/Panel';
import { Segmented } from '@/ui/Segmented';
import { whyOperations, WhyPanel } from '@/ui/sight/WhyPanel';
import { Answer, NotFound, Problem } from '@/ui/States';
import { DueClock } from '@/ui/tasks/DueClock';
import { assigneeName } from '@/ui/tasks/TaskRow';
import styles from '@/ui/tasks/tasks.module.css';

type Change = (task: TaskInput) => void;
interface Properties {
  readonly of: TaskInfo;
  readonly onChange: Change;
}
/** What is asked again when something changed. */
const shownOperations = [...taskOperations, ...whyOperations];
const columns: readonly TaskState[] = ['OPEN', 'DOING', 'WAITING', 'DONE'];

function Facts({ of }: { readonly of: TaskInfo }): ReactNode {
  const { id } = useSpace();
  const moved = { state: t(`taskState.${of.state}`), at: formatMoment(of.stateAt), name: of.stateBy?.name ?? '' };
  return (
    <dl className={styles['facts']}>
      <div><dt>{t('task.assignee')}</dt><dd><bdi>{assigneeName(of)}</bdi></dd></div>
      <div><dt>{t('task.due')}</dt><dd>{of.due ? <bdi>{formatMomentIn(of.due, of.dueZone)}</bdi> : t('task.noDue')}</dd></div>
      <div><dt>{t('task.priority')}</dt><dd>{t(`taskPriority.${of.priority}`)}</dd></div>
      <div><dt>{t('task.state')}</dt><dd>{t('task.moved', moved)}</dd></div>
      <div><dt>{t('task.case')}</dt><dd>{of.case ? <Link to={`/s/${id}/cases/${of.case.id}`}><bdi>{of.case.title}</bdi></Link> : t('task.noCase')}</dd></div>
      <div><dt>{t('task.created')}</dt><dd>{t('task.createdText', { name: of.createdBy?.name ?? '', at: formatMoment(of.createdAt) })}</dd></div>
    </dl>
  );
}

function Steps({ of, onChange }: Properties): ReactNode {
  const tick = (at: number, done: boolean): void =>
    onChange({ steps: of.steps.map((step, place) => ({ text: step.text, done: place === at ? done : step.done })) });
  return (
    <Panel title={t('task.steps')} end={`${of.steps.filter(({ done }) => done).length}/${of.steps.length}`}>
      {of.steps.map((step, at) => (
        <div key={`${at} ${step.text}`} className={styles['step']}>
          <Check label={<bdi>{step.text}</bdi>} checked={step.done} disabled={!of.mayWork} onChange={(done) => tick(at, done)} />
          {step.by && step.at && <span className={styles['second']}>{t('task.stepBy', { name: step.by.name, at: formatMoment(step.at) })}</span>}
        </div>
      ))}
    </Panel>
  );
}

/** Moving the task on: its column, taking it, calling it off. */
function Moves({ of, onChange }: Properties): ReactNode {
  const me = useMe();
  if (!of.mayWork) return <Pill>{t(`taskState.${of.state}`)}</Pill>;
  const cancelled = of.state === 'CANCELLED';
  return (
    <div className={styles['filters']}>
      {cancelled ? <Pill>{t('taskState.CANCELLED')}</Pill> : (
        <Segmented label={t('task.state')} value={of.state} options={columns.map((value) => ({ value, label: t(`taskState.${value}`) }))} onChange={(state) => onChange({ state })} />
      )}
      {!of.assignee && !cancelled && <Button onClick={() => onChange({ assignee: { sort: 'PERSON', id: me.id } })}>{t('task.take')}</Button>}
      {of.mayDirect && <Button onClick={() => onChange({ state: cancelled ? 'OPEN' : 'CANCELLED' })}>{cancelled ? t('task.reopen') : t('task.cancel')}</Button>}
    </div>
  );
}

function Content({ of }: { readonly of: TaskInfo }): ReactNode {
  const space = useSpace();
  const [editing, setEditing] = useState(false);
  const touch = useTouch(of.id);
  const now = useNow();
  const act = useAct(ChangeTask, () => refresh(space.id, [...taskOperations, 'Activity']));
  const change: Change = (task) => act.mutate({ space: space.id, id: of.id, task, expectedVersion: of.version }, {
    onError: () => void refresh(space.id, taskOperations),
  });
  usePage({ title: t('tasks.title'), path: [{ label: t('tasks.title'), to: `/s/${space.id}/tasks` }, { label: of.title }], markings: of.markings.map(({ name }) => name) });
  return (
    <div className={styles['page']}>
      <div className={styles['title']}>
        <h1><bdi>{of.title}</bdi></h1>
        <DueClock task={of} now={now} />
        {of.mayDirect && <Button onClick={() => setEditing(true)}><IconPencil size={16} aria-hidden />{t('task.edit')}</Button>}
      </div>
      {touch && <ChangeLine change={touch} />}
      {of.markings.length > 0 && <div className={styles['pills']}>{of.markings.map(({ id, name }) => <MarkingPill key={id} name={name} />)}</div>}
      <Moves of={of} onChange={change} />
      <Problem error={act.error} />
      <Facts of={of} />
      {of.text && <p className={styles['text']}><bdi>{of.text}</bdi></p>}
      {of.steps.length > 0 && <Steps of={of} onChange={change} />}
      <About of={of} />
      <CommentsPanel task={of} />
      <WhyPanel of="TASK" id={of.id} markings={of.markings} />
      {editing && <EditTaskDialog of={of} onClose={() => setEditing(false)} />}
    </div>
  );
}

/** One task: what it is, who has it, how far it is. */
export function TaskPage(): ReactNode {
  const space = useSpace();
  const id = useParams()['id'] ?? '';
  const answer = useAsk(TaskDocument, { space: space.id, id }, { space: space.id });
  const items = useMemo(() => answer.data && [answer.data.task], [answer.data]);
  const [shown] = useReconciled(space.id, items);
  useAnnounce(space.id, 'task', [id]);
  useRefreshOn(space.id, shownOperations);
  return <Answer of={answer}>{() => (shown ? <Content key={id} of={shown} /> : <NotFound />)}</Answer>;
}
