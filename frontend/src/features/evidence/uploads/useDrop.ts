import { useEffect, useState } from 'react';
import { filesOf, hasFiles } from '@/features/evidence/uploads/dropped';
import { useLatest } from '@/ui/useLatest';

/** Takes files and folders that are dropped anywhere on the page, by its open dialog where `inDialog`, else while none is open; `over` while some are held over it, `unread` when the last ones could not be read. */
export function useDrop(enabled: boolean, inDialog: boolean, take: (files: readonly File[]) => void): { readonly over: boolean; readonly unread: boolean } {
  const [over, setOver] = useState(false);
  const [unread, setUnread] = useState(false);
  const latest = useLatest(take);
  useEffect(() => {
    if (!enabled) return undefined;
    let depth = 0;
    const ours = (event: DragEvent): boolean => hasFiles(event) && inDialog === (document.querySelector('dialog[open]') !== null);
    const enter = (event: DragEvent): void => {
      if (!ours(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (!ours(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hold = (event: DragEvent): void => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault(); // else the browser would leave this page for the file
      if (!ours(event) || !event.dataTransfer) return;
      depth = 0;
      setOver(false);
      filesOf(event.dataTransfer).then((files) => {
        setUnread(files.length === 0);
        if (files.length > 0) latest.current(files);
      }, () => setUnread(true));
    };
    const on = { dragenter: enter, dragleave: leave, dragover: hold, drop } as const;
    for (const [name, handle] of Object.entries(on)) addEventListener(name as keyof typeof on, handle);
    return () => {
      for (const [name, handle] of Object.entries(on)) removeEventListener(name as keyof typeof on, handle);
    };
  }, [enabled, inDialog, latest]);
  return { over, unread };
}
