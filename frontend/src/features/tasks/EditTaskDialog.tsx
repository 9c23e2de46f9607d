import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { ApiError } from '@/api/errors';
import { useAct } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { ChangeTask, taskOperations, type TaskInfo } from '@/api/tasks';
import { formatMomentIn } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Problem } from '@/ui/States';
import { changesOf, draftOf } from '@/ui/tasks/draft';
import { TaskForm } from '@/ui/tasks/TaskForm';
import { assigneeName } from '@/ui/tasks/TaskRow';
import styles from '@/ui/tasks/tasks.module.css';

/** The task as the server has it now, beside what was typed. */
function Theirs({ now }: { readonly now: TaskInfo }): ReactNode {
  return (
    <div role="alert">
      <p>{t('task.conflict')}</p>
      <dl className={styles['facts']}>
        <div><dt>{t('task.titleField')}</dt><dd><bdi>{now.title}</bdi></dd></div>
        <div><dt>{t('task.assignee')}</dt><dd><bdi>{assigneeName(now)}</bdi></dd></div>
        <div><dt>{t('task.due')}</dt><dd>{now.due ? <bdi>{formatMomentIn(now.due, now.dueZone)}</bdi> : t('task.noDue')}</dd></div>
        <div><dt>{t('task.priority')}</dt><dd>{t(`taskPriority.${now.priority}`)}</dd></div>
        <div><dt>{t('task.text')}</dt><dd className={styles['text']}><bdi>{now.text}</bdi></dd></div>
        <div><dt>{t('task.steps')}</dt><dd className={styles['text']}><bdi>{draftOf(now).steps}</bdi></dd></div>
      </dl>
    </div>
  );
}

/** Changes what a task says; where a colleague changed the same, both versions show and nothing typed is lost. */
export function EditTaskDialog({ of, onClose }: { readonly of: TaskInfo; readonly onClose: () => void }): ReactNode {
  const space = useSpace();
  const [begun, setBegun] = useState(of);
  const [draft, setDraft] = useState(() => draftOf(of));
  const update = useAct(ChangeTask, async () => {
    await refresh(space.id, [...taskOperations, 'Activity']);
    onClose();
  });
  const conflict = update.error instanceof ApiError && update.error.kind === 'CONFLICT';
  const send = (): void => {
    const task = changesOf(draft, draftOf(begun), new Set(of.steps.filter(({ done }) => done).map(({ text }) => text)));
    if (Object.keys(task).length === 0) {
      onClose();
      return;
    }
    const expectedVersion = conflict ? of.version : begun.version;
    update.mutate({ space: space.id, id: of.id, task, expectedVersion }, {
      onError: (error) => {
        if (error.kind === 'CONFLICT') void refresh(space.id, taskOperations);
      },
    });
  };
  const takeTheirs = (): void => {
    setBegun(of);
    onClose();
  };
  return (
    <Dialog title={t('task.edit')} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={conflict ? takeTheirs : onClose}>{conflict ? t('task.takeTheirs') : t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!draft.title.trim() || update.isPending}>{conflict ? t('task.takeMine') : t('task.save')}</Button>
    </>}>
      {conflict && <Theirs now={of} />}
      <TaskForm draft={draft} onChange={setDraft} />
      {!conflict && <Problem error={update.error} />}
    </Dialog>
  );
}
