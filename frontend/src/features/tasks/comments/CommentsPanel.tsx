import { IconMessage } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useComments, type CommentInfo } from '@/api/comments';
import { useMe } from '@/api/session';
import { useSpace } from '@/api/SpaceContext';
import type { TaskInfo } from '@/api/tasks';
import { CommentForm } from '@/features/tasks/comments/CommentForm';
import { partsOf } from '@/features/tasks/comments/mention';
import { WithdrawDialog } from '@/features/tasks/comments/WithdrawDialog';
import { useReconciled } from '@/live/useReconciled';
import { formatAge, formatCount, formatMoment } from '@/text/format';
import { t } from '@/text/text';
import { PersonTag } from '@/ui/Badges';
import { Button, LinkButton } from '@/ui/Button';
import { useNow } from '@/ui/ChangeLine';
import { Panel } from '@/ui/Panel';
import { Answer } from '@/ui/States';
import styles from '@/ui/tasks/tasks.module.css';

/** What was said, with whoever is mentioned standing out; oneself most. */
function Words({ of }: { readonly of: CommentInfo }): ReactNode {
  const me = useMe();
  const parts = partsOf(of.text, of.mentions).map((part, at) => part.person
    ? <bdi key={at} className={part.person === me.id ? styles['me'] : styles['mention']}>{part.text}</bdi>
    : part.text);
  return <p className={styles['text']} dir="auto">{of.withdrawnAt ? <s>{parts}</s> : parts}</p>;
}

function Comment({ of, now, onWithdraw }: { readonly of: CommentInfo; readonly now: number; readonly onWithdraw: () => void }): ReactNode {
  return (
    <li className={styles['said']}>
      {of.by && <PersonTag name={of.by.name} country={of.by.agency.country} />}
      <div className={styles['words']}>
        <span className={styles['second']}>
          <strong><bdi>{of.by?.name}</bdi></strong>
          <time dateTime={of.at} title={formatMoment(of.at)}>{formatAge(of.at, now)}</time>
          {of.mayWithdraw && <LinkButton onClick={onWithdraw}>{t('comment.withdraw')}</LinkButton>}
        </span>
        <Words of={of} />
        {of.withdrawnAt && <span className={styles['second']}>{t('comment.withdrawn', { at: formatMoment(of.withdrawnAt), reason: of.withdrawnReason })}</span>}
      </div>
    </li>
  );
}

/** What was said about a task, newest first below the place to say more. */
export function CommentsPanel({ task }: { readonly task: TaskInfo }): ReactNode {
  const { id } = useSpace();
  const rows = useComments(id, task.id);
  const shown = useReconciled(id, rows.data?.items);
  const [withdrawing, setWithdrawing] = useState<string | null>(null);
  const now = useNow();
  return (
    <Panel flush title={t('comment.title')} icon={<IconMessage size={18} aria-hidden />} end={rows.data && formatCount(rows.data.total)}>
      {task.mayComment && <CommentForm task={task.id} />}
      <Answer of={rows} rows={2}>
        {() => shown.length === 0
          ? <p className={styles['more']}>{t('comment.empty')}</p>
          : <ul>{shown.map((each) => <Comment key={each.id} of={each} now={now} onWithdraw={() => setWithdrawing(each.id)} />)}</ul>}
      </Answer>
      {rows.hasNextPage && <div className={styles['more']}><Button disabled={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>{t('ui.loadMore')}</Button></div>}
      {withdrawing && <WithdrawDialog comment={withdrawing} onClose={() => setWithdrawing(null)} />}
    </Panel>
  );
}
