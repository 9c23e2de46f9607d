import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { Grid, sorted, type Column } from '@/features/network/Grid';

interface Row {
  readonly id: string;
  readonly links: number;
}

const columns: readonly Column<Row>[] = [
  { id: 'name', label: 'Name', cell: ({ id }) => id, sort: ({ id }) => id },
  { id: 'links', label: 'Links', number: true, cell: ({ links }) => links, sort: ({ links }) => links },
];
const rows: readonly Row[] = [{ id: 'b', links: 10 }, { id: 'a', links: 9 }, { id: 'c', links: 2 }];

function show(more: readonly Row[] = rows) {
  const onSelect = vi.fn();
  const onOpen = vi.fn();
  render(<Grid label="Items" columns={columns} rows={more} keyOf={({ id }) => id} selected={new Set(['a'])} onSelect={onSelect} onOpen={onOpen} />);
  return { grid: screen.getByRole('grid', { name: 'Items' }), onSelect, onOpen, user: userEvent.setup() };
}

const names = (grid: HTMLElement): (string | null)[] => within(grid).getAllByRole('gridcell').filter((_, at) => at % 2 === 0).map((cell) => cell.textContent);

describe('Grid', () => {
  it('sorts by a header, numbers as numbers, and says so', async () => {
    const { grid, user } = show();
    await user.click(within(grid).getByRole('button', { name: 'Links' }));
    expect(names(grid)).toEqual(['c', 'a', 'b']);
    expect(within(grid).getByRole('columnheader', { name: 'Links' })).toHaveAttribute('aria-sort', 'ascending');
  });

  it('marks selected rows', () => {
    const { grid } = show();
    expect(within(grid).getByRole('row', { selected: true })).toHaveTextContent('a');
  });

  it('selects with Space and opens with Enter', async () => {
    const { grid, onSelect, onOpen, user } = show();
    within(grid).getByRole('gridcell', { name: 'b' }).focus();
    await user.keyboard(' {Enter}');
    expect(onSelect).toHaveBeenCalledWith('b', true);
    expect(onOpen).toHaveBeenCalledWith('b');
  });

  it('moves between cells with the arrows', async () => {
    const { grid, user } = show();
    within(grid).getByRole('gridcell', { name: 'b' }).focus();
    await user.keyboard('{ArrowDown}{ArrowRight}');
    await vi.waitFor(() => expect(within(grid).getByRole('gridcell', { name: '9' })).toHaveFocus());
  });

  it('draws few of many rows and still counts all', () => {
    const { grid } = show(Array.from({ length: 10_000 }, (_, n) => ({ id: `r${n}`, links: n })));
    expect(within(grid).getAllByRole('row').length).toBeLessThan(100);
    expect(grid).toHaveAttribute('aria-rowcount', '10001');
  });

  it('keeps the order of rank without a chosen column', () => {
    expect(sorted(rows, columns, null)).toBe(rows);
  });
});
