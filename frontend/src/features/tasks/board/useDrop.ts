import { useEffect, useState, type RefObject } from 'react';
import { useLatest } from '@/ui/useLatest';

/** What a dragged task is known by, so that nothing else is taken for one. */
export const dragged = 'application/x-joinder-task';

/** Lets a task be dropped on an element; true while one is held over it. */
export function useDrop(column: RefObject<HTMLElement | null>, onDropped: (id: string) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useLatest(onDropped);
  useEffect(() => {
    const hold = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes(dragged)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (): void => setOver(false);
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      setOver(false);
      latest.current(event.dataTransfer?.getData(dragged) ?? '');
    };
    const element = column.current;
    element?.addEventListener('dragover', hold);
    element?.addEventListener('dragleave', leave);
    element?.addEventListener('drop', drop);
    return () => {
      element?.removeEventListener('dragover', hold);
      element?.removeEventListener('dragleave', leave);
      element?.removeEventListener('drop', drop);
    };
  }, [column, latest]);
  return over;
}
