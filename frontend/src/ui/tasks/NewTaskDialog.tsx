import { IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { useAct } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { CreateTask, taskOperations } from '@/api/tasks';
import { t } from '@/text/text';
import { Pill } from '@/ui/Badges';
import { Button, IconButton } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { SelectField } from '@/ui/Field';
import { MarkingChoices } from '@/ui/records/MarkingChoices';
import { Problem } from '@/ui/States';
import { changesOf, emptyDraft } from '@/ui/tasks/draft';
import { TaskForm } from '@/ui/tasks/TaskForm';
import type { Thing } from '@/ui/tasks/things';
import { ThingFinder } from '@/ui/tasks/ThingFinder';
import styles from '@/ui/tasks/tasks.module.css';

interface Properties {
  /** Entities and links of the chart that the task is to be about. */
  readonly about?: readonly string[];
  /** What it is about besides, by name. */
  readonly things?: readonly Thing[];
  readonly inCase?: string;
  readonly onClose: () => void;
}

/** Makes a task. It carries the markings of its case beside the ones chosen. */
export function NewTaskDialog({ about = [], things = [], inCase = '', onClose }: Properties): ReactNode {
  const space = useSpace();
  const [draft, setDraft] = useState(emptyDraft);
  const [of, setOf] = useState(inCase);
  const [chosen, setChosen] = useState(things);
  const [markings, setMarkings] = useState<readonly string[]>([]);
  const create = useAct(CreateTask, async () => {
    await refresh(space.id, [...taskOperations, 'Activity']);
    onClose();
  });
  const send = (): void => create.mutate({
    space: space.id, task: changesOf(draft, emptyDraft), case: of || null, about: [...about, ...chosen.map(({ id }) => id)], markings: [...markings],
  });
  return (
    <Dialog title={t('tasks.add')} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!draft.title.trim() || create.isPending}>{t('task.create')}</Button>
    </>}>
      {about.length > 0 && <p>{t('task.aboutMany', { count: about.length })}</p>}
      <TaskForm draft={draft} onChange={setDraft} />
      <SelectField label={t('task.case')} value={of} onChange={setOf}>
        <option value="">{t('task.noCase')}</option>
        {space.cases.map(({ id, title }) => <option key={id} value={id}>{title}</option>)}
      </SelectField>
      {chosen.length > 0 && <div className={styles['chosen']}>
        <span>{t('task.about')}</span>
        {chosen.map(({ id, name }) => (
          <Pill key={id}><bdi>{name}</bdi><IconButton small label={t('task.removeFrom', { name })} icon={<IconX size={14} aria-hidden />} onClick={() => setChosen(chosen.filter((each) => each.id !== id))} /></Pill>
        ))}
      </div>}
      <ThingFinder label={t('task.relate')} except={[...about, ...chosen.map(({ id }) => id), of]} onPick={(thing) => setChosen([...chosen, thing])} />
      {space.markings.length > 0 && <MarkingChoices of={space.markings.map(({ marking }) => marking)} chosen={markings} onChange={setMarkings} />}
      <Problem error={create.error} />
    </Dialog>
  );
}
