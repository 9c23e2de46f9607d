import { formatMomentIn } from '@/text/format';
import { IconAlertTriangle, IconCheck, IconClock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { TaskInfo } from '@/api/tasks';
import { useMe } from '@/api/session';
import { CountryCode } from '@/ui/Badges';
import { dueText, toneOf } from '@/ui/tasks/due';
import styles from '@/ui/tasks/tasks.module.css';

/** Whose clock it is: the country of the person or authority that has the task. */
function ownerOf({ assignee }: TaskInfo): { readonly agency: string; readonly country: string } | null {
  if (assignee?.person) return { agency: assignee.person.agency.id, country: assignee.person.agency.country };
  return assignee?.agency ? { agency: assignee.agency.id, country: assignee.agency.country } : null;
}

/** When a task is due: owner, icon and words. Ours are filled. */
export function DueClock({ task, now }: { readonly task: TaskInfo; readonly now: number }): ReactNode {
  const me = useMe();
  const owner = ownerOf(task);
  const tone = toneOf(task, now);
  const own = tone === 'later' && owner?.agency === me.agency.id ? styles['ours'] : undefined;
  const icons = { late: <IconAlertTriangle size={14} aria-hidden />, met: <IconCheck size={14} aria-hidden />, quiet: null };
  const icon = tone === 'soon' || tone === 'later' ? <IconClock size={14} aria-hidden /> : icons[tone];
  return (
    <span className={[styles['clock'], styles[tone], own].filter(Boolean).join(' ')} title={task.due ? formatMomentIn(task.due, task.dueZone) : undefined}>
      {owner && <CountryCode code={owner.country} />}{icon}<span>{dueText(task, now)}</span>
    </span>
  );
}
