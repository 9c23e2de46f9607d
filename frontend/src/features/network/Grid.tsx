import { IconDots, IconSortAscending, IconSortDescending } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { direction, locale } from '@/text/language';
import { t } from '@/text/text';
import { IconButton } from '@/ui/Button';
import { Menu } from '@/ui/Menu';
import { useNarrow } from '@/ui/useNarrow';
import styles from '@/features/network/grid.module.css';

export interface Column<Row> {
  readonly id: string;
  readonly label: string;
  readonly number?: boolean;
  readonly cell: (row: Row) => ReactNode;
  readonly sort: (row: Row) => string | number;
}

interface Properties<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (key: string, add: boolean) => void;
  readonly onOpen: (key: string) => void;
  readonly menu?: (key: string) => ReactNode;
}

interface Order {
  readonly column: string;
  readonly down: boolean;
}

const ROW = 31;
const ROW_TOUCH = 44;
const OVERSCAN = 12;

/** Rows in the order of a column; equal ones keep the order given. */
export function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], order: Order | null): readonly Row[] {
  const column = columns.find(({ id }) => id === order?.column);
  if (!column || !order) return rows;
  const collator = new Intl.Collator(locale(), { numeric: true, sensitivity: 'base' });
  const compare = (a: string | number, b: string | number): number =>
    typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
  return rows.map((row) => ({ row, by: column.sort(row) }))
    .sort((a, b) => (order.down ? -1 : 1) * compare(a.by, b.by)).map(({ row }) => row);
}

/** The rows in sight of a scrolled area, with some more around them. */
function useWindow(count: number, height: number): { readonly from: number; readonly to: number; readonly scroller: React.RefObject<HTMLDivElement | null>; readonly onScroll: () => void } {
  const scroller = useRef<HTMLDivElement>(null);
  const [span, setSpan] = useState({ from: 0, to: 40 });
  const onScroll = (): void => {
    const { scrollTop = 0, clientHeight = 800 } = scroller.current ?? {};
    const from = Math.max(0, Math.floor(scrollTop / height) - OVERSCAN);
    const to = from + Math.ceil(clientHeight / height) + 2 * OVERSCAN;
    if (from !== span.from || to !== span.to) setSpan({ from, to });
  };
  return { from: Math.min(span.from, count), to: Math.min(span.to, count), scroller, onScroll };
}

/** A sortable ARIA grid that draws only the rows in sight. Arrows move, Space selects, Enter opens. */
export function Grid<Row>({ label, columns, rows, keyOf, selected, onSelect, onOpen, menu }: Properties<Row>): ReactNode {
  const height = useNarrow() ? ROW_TOUCH : ROW;
  const [order, setOrder] = useState<Order | null>(null);
  const [active, setActive] = useState({ row: 0, column: 0 });
  const body = useRef<HTMLTableSectionElement>(null);
  const moved = useRef(false);
  const shown = useMemo(() => sorted(rows, columns, order), [rows, columns, order]);
  const { from, to, scroller, onScroll } = useWindow(shown.length, height);
  const last = columns.length - (menu ? 0 : 1);

  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    const top = active.row * height;
    const area = scroller.current;
    if (area && (top < area.scrollTop || top + 2 * height > area.scrollTop + area.clientHeight)) area.scrollTop = top - area.clientHeight / 2;
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(`[data-at="${active.row} ${active.column}"]`)?.focus());
  }, [active, scroller, height]);

  const go = (row: number, column: number): void => {
    moved.current = true;
    setActive({ row: Math.max(0, Math.min(shown.length - 1, row)), column: Math.max(0, Math.min(last, column)) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = shown[active.row];
    const right = direction() === 'rtl' ? -1 : 1;
    const moves: Partial<Record<string, () => void>> = {
      ArrowDown: () => go(active.row + 1, active.column), ArrowUp: () => go(active.row - 1, active.column),
      ArrowRight: () => go(active.row, active.column + right), ArrowLeft: () => go(active.row, active.column - right),
      PageDown: () => go(active.row + 20, active.column), PageUp: () => go(active.row - 20, active.column),
      Home: () => go(event.ctrlKey ? 0 : active.row, 0), End: () => go(event.ctrlKey ? shown.length - 1 : active.row, last),
      ' ': () => { if (row) onSelect(keyOf(row), true); },
      Enter: () => { if (row) onOpen(keyOf(row)); },
    };
    const move = moves[event.key];
    if (!move || (event.target as HTMLElement).closest('button')) return;
    event.preventDefault();
    move();
  };
  const sort = (column: string): void => setOrder(order?.column === column ? (order.down ? null : { column, down: true }) : { column, down: false });

  return (
    <div ref={scroller} className={styles['scroller']} style={{ '--row': `${height}px` } as CSSProperties} onScroll={onScroll}>
      {/* A table may be a grid (ARIA in HTML); the rule does not know it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role */}
      <table role="grid" aria-label={label} aria-rowcount={shown.length + 1} aria-multiselectable="true" className={styles['grid']} onKeyDown={onKeyDown}>
        <thead><tr>
          {columns.map(({ id, label: words, number }) => (
            <th key={id} scope="col" className={number ? styles['number'] : undefined}
              aria-sort={order?.column === id ? (order.down ? 'descending' : 'ascending') : 'none'}>
              <button type="button" onClick={() => sort(id)}>{words}
                {order?.column === id && (order.down ? <IconSortDescending size={14} aria-hidden /> : <IconSortAscending size={14} aria-hidden />)}</button>
            </th>
          ))}
          {menu && <th scope="col"><span className="visually-hidden">{t('network.table.actions')}</span></th>}
        </tr></thead>
        <tbody ref={body}>
          {from > 0 && <tr aria-hidden style={{ blockSize: from * height }} />}
          {shown.slice(from, to).map((row, offset) => {
            const at = from + offset;
            const key = keyOf(row);
            const cell = (column: number) => ({ 'data-at': `${at} ${column}`, tabIndex: active.row === at && active.column === column ? 0 : -1 });
            return (
              <tr key={key} aria-rowindex={at + 2} aria-selected={selected.has(key)}
                onClick={(event) => {
                  setActive({ row: at, column: 0 });
                  onSelect(key, event.ctrlKey || event.metaKey);
                }} onDoubleClick={() => onOpen(key)}>
                {columns.map((column, index) => (
                  <td key={column.id} role="gridcell" {...cell(index)} className={column.number ? styles['number'] : undefined}>{column.cell(row)}</td>
                ))}
                {menu && (
                  <td role="gridcell" tabIndex={-1} className={styles['menu']} onClick={(event) => event.stopPropagation()}>
                    <Menu align="end" trigger={<IconButton small {...cell(columns.length)} label={t('network.table.actions')} icon={<IconDots size={16} aria-hidden />} />}>{menu(key)}</Menu>
                  </td>
                )}
              </tr>
            );
          })}
          {to < shown.length && <tr aria-hidden style={{ blockSize: (shown.length - to) * height }} />}
        </tbody>
      </table>
    </div>
  );
}
