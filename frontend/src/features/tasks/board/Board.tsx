import { IconArrowsMoveHorizontal } from '@tabler/icons-react';
import { useRef, type DragEvent, type KeyboardEvent, type ReactNode } from 'react';
import type { TaskFilter } from '@/api/generated/graphql';
import { useSpace } from '@/api/SpaceContext';
import type { TaskInfo } from '@/api/tasks';
import { columnBeside, columns, stepOf, type Column } from '@/features/tasks/board/columns';
import { useBoard, type ColumnRows } from '@/features/tasks/board/useBoard';
import { dragged, useDrop } from '@/features/tasks/board/useDrop';
import { useKeptFocus } from '@/features/tasks/board/useKeptFocus';
import { useTouches, type Shown } from '@/live/hooks';
import { formatCount } from '@/text/format';
import { t } from '@/text/text';
import { Button, IconButton } from '@/ui/Button';
import { ChangeLine, useEdge, useNow } from '@/ui/ChangeLine';
import { Menu, MenuItem } from '@/ui/Menu';
import { Panel } from '@/ui/Panel';
import { Answer, Problem } from '@/ui/States';
import { TaskRow } from '@/ui/tasks/TaskRow';
import styles from '@/features/tasks/board/board.module.css';

type Move = (task: TaskInfo, to: Column) => void;

interface RowProperties {
  readonly task: TaskInfo;
  readonly now: number;
  readonly touch: Shown | null;
  readonly onMove: Move;
}

/** The columns a task may go to, for whoever neither drags nor has keys. */
function MoveMenu({ task, onMove }: Pick<RowProperties, 'task' | 'onMove'>): ReactNode {
  if (!task.mayWork) return null;
  const label = t('board.move', { title: task.title });
  return (
    <Menu align="end" trigger={<IconButton small label={label} icon={<IconArrowsMoveHorizontal size={16} aria-hidden />} />}>
      {columns.filter((each) => each !== task.state).map((each) => (
        <MenuItem key={each} onSelect={() => onMove(task, each)}>{t('board.moveTo', { column: t(`taskState.${each}`) })}</MenuItem>
      ))}
    </Menu>
  );
}

function Row({ task, now, touch, onMove }: RowProperties): ReactNode {
  const { id } = useSpace();
  const edge = useEdge(touch);
  const keys = (event: KeyboardEvent): void => {
    const step = event.ctrlKey || event.metaKey ? stepOf(event.key, document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr') : 0;
    const to = step === 0 ? null : columnBeside(task.state, step);
    if (step !== 0) event.preventDefault();
    if (to) onMove(task, to);
  };
  const drag = (event: DragEvent): void => {
    event.dataTransfer.setData(dragged, task.id);
    event.dataTransfer.effectAllowed = 'move';
  };
  return (
    <TaskRow compact space={id} task={task} now={now} onKeyDown={keys} note={touch && <ChangeLine change={touch} brief />}
      end={<MoveMenu task={task} onMove={onMove} />}
      row={{ 'data-task': task.id, draggable: task.mayWork, onDragStart: drag, className: edge.className, style: edge.style }} />
  );
}

interface ColumnProperties {
  readonly of: Column;
  readonly rows: ColumnRows['rows'];
  readonly shown: readonly TaskInfo[];
  readonly onMove: Move;
  readonly onDropped: (id: string) => void;
}

function ColumnPanel({ of, rows, shown, onMove, onDropped }: ColumnProperties): ReactNode {
  const now = useNow();
  const touchOf = useTouches();
  const column = useRef<HTMLDivElement>(null);
  const over = useDrop(column, onDropped);
  return (
    <div ref={column} className={`${styles['column'] ?? ''} ${over ? (styles['over'] ?? '') : ''}`}>
      <Panel flush title={t(`taskState.${of}`)} end={rows.data && formatCount(rows.data.total)}>
        <Answer of={rows} rows={3}>
          {() => shown.length === 0
            ? <p className={styles['empty']}>{t('board.empty')}</p>
            : <ul>{shown.map((task) => <Row key={task.id} task={task} now={now} touch={touchOf(task.id)} onMove={onMove} />)}</ul>}
        </Answer>
        {rows.hasNextPage && <div className={styles['empty']}><Button small disabled={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>{t('ui.loadMore')}</Button></div>}
      </Panel>
    </div>
  );
}

/** The team's work in four columns: a row is dragged, moved by Ctrl and an arrow, or by its menu. */
export function Board({ filter }: { readonly filter: TaskFilter }): ReactNode {
  const { id } = useSpace();
  const { found, all, said, move, met, error } = useBoard(id, filter);
  const board = useRef<HTMLDivElement>(null);
  useKeptFocus(board);
  const dropped = (task: string, to: Column): void => {
    const row = all.find((each) => each.id === task);
    if (row) move(row, to);
  };
  return (
    <>
      <p className={styles['hint']}>{t('board.hint')}</p>
      {met ? <p role="alert" className={styles['met']}>{met}</p> : <Problem error={error} />}
      <div ref={board} className={styles['board']}>
        {columns.map((each) => <ColumnPanel key={each} of={each} rows={found[each].rows} shown={all.filter(({ state }) => state === each)} onMove={move} onDropped={(task) => dropped(task, each)} />)}
      </div>
      <p className="visually-hidden" aria-live="polite">{said}</p>
    </>
  );
}
