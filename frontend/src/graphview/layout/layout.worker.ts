import { computeLayout } from '@/graphview/layout/layout';
import type { LayoutInput } from '@/graphview/layout/types';

/** The part of a worker's global scope that is used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<{ readonly ticket: number; readonly input: LayoutInput }>) => void) | null;
  postMessage: (message: unknown, transfer: Transferable[]) => void;
}
const scope = globalThis as unknown as WorkerScope;

scope.onmessage = ({ data: { ticket, input } }) => {
  const { x, y } = computeLayout(input);
  scope.postMessage({ ticket, x, y }, [x.buffer as ArrayBuffer, y.buffer as ArrayBuffer]);
};
