import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { onForgotten, refresh } from '@/api/cache';
import { useMe } from '@/api/session';
import { useSpace } from '@/api/SpaceContext';
import { confirmStrong } from '@/api/strong';
import { changedOperations } from '@/features/evidence/queries';
import { UploadQueue, type Item } from '@/features/evidence/uploads/queue';
import { byTus } from '@/features/evidence/uploads/transport';
import { ownerOf } from '@/features/evidence/uploads/unfinished';

const queues = new Map<string, UploadQueue>();

function drop(which: (queue: UploadQueue) => boolean): void {
  for (const [owner, queue] of [...queues].filter(([, each]) => which(each))) {
    queue.close();
    queues.delete(owner);
  }
}
onForgotten((space) => drop((queue) => queue.space === space));

/** The one queue of a person in a space. Those of whoever sat here before are closed. */
function queueOf(space: string, person: string): UploadQueue {
  drop(({ owner }) => !owner.endsWith(` ${person}`));
  const owner = ownerOf(space, person);
  const queue = queues.get(owner) ?? new UploadQueue(space, owner, {
    transport: byTus, confirm: confirmStrong, arrived: () => void refresh(space, changedOperations),
  });
  queues.set(owner, queue);
  return queue;
}

const warn = (event: BeforeUnloadEvent): void => {
  if ([...queues.values()].some(({ busy }) => busy)) event.preventDefault();
};
addEventListener('beforeunload', warn);

/** What the signed-in person sends into the space on screen. It goes on while other pages show. */
export function useUploads(): { readonly queue: UploadQueue; readonly items: readonly Item[] } {
  const space = useSpace();
  const me = useMe();
  const queue = useMemo(() => queueOf(space.id, me.id), [space.id, me.id]);
  const items = useSyncExternalStore(queue.subscribe, queue.snapshot);
  useEffect(() => {
    const again = (): void => {
      for (const { id, state } of queue.snapshot()) if (state === 'waiting') queue.goOn(id);
    };
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, [queue]);
  return { queue, items };
}
