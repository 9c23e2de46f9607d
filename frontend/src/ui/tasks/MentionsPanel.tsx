import { IconAt } from '@tabler/icons-react';
import { useMemo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { Mentions, type CommentInfo } from '@/api/comments';
import { useAsk } from '@/api/hooks';
import type { Reconciled } from '@/api/reconciled';
import { useSpace } from '@/api/SpaceContext';
import { formatAge, formatCount, formatMoment } from '@/text/format';
import { t } from '@/text/text';
import { PersonTag } from '@/ui/Badges';
import { useNow } from '@/ui/ChangeLine';
import { Panel } from '@/ui/Panel';
import styles from '@/ui/tasks/tasks.module.css';

/** A task with the newest comment in it that mentions the reader; its id is the task's, by which notices tell that it is gone. */
export interface MentionedIn {
  readonly id: string;
  readonly comment: CommentInfo;
}

interface Properties {
  /** Drops what notices said to be gone; the live layer gives it. */
  readonly reconciled: (space: string, items: readonly MentionedIn[] | undefined) => Reconciled<readonly MentionedIn[]>;
}

function byTask(comments: readonly CommentInfo[]): readonly MentionedIn[] {
  const found = new Map<string, CommentInfo>();
  for (const each of comments) if (!found.has(each.task)) found.set(each.task, each);
  return [...found].map(([id, comment]) => ({ id, comment }));
}

/** Who mentioned the reader and waits for an answer; nothing where nobody does. */
export function MentionsPanel({ reconciled: useShown }: Properties): ReactNode {
  const { id } = useSpace();
  const { data } = useAsk(Mentions, { space: id }, { space: id });
  const items = useMemo(() => data && byTask(data.mentions.items), [data]);
  const shown = useShown(id, items);
  const now = useNow();
  if (shown.length === 0) return null;
  return (
    <Panel flush title={t('mentions.title')} icon={<IconAt size={18} aria-hidden />} end={formatCount(shown.length)}>
      <ul>
        {shown.map(({ id: task, comment }) => (
          <li key={task} className={styles['said']}>
            {comment.by && <PersonTag name={comment.by.name} country={comment.by.agency.country} />}
            <div className={styles['words']}>
              <span className={styles['second']}>
                {t('mentions.by', { name: comment.by?.name ?? '' })}
                <time dateTime={comment.at} title={formatMoment(comment.at)}>{formatAge(comment.at, now)}</time>
              </span>
              <Link to={`/s/${id}/tasks/${task}`}><bdi>{comment.taskTitle}</bdi></Link>
              <bdi className={styles['excerpt']}>{comment.text}</bdi>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
