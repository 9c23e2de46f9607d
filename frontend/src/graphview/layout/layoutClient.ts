import type { LayoutInput, Places } from '@/graphview/layout/types';

interface Reply extends Places {
  readonly ticket: number;
}

/** Runs layouts in a worker; only the last one asked for is answered. */
export class LayoutClient {
  private worker: Worker | null = null;
  private ticket = 0;
  private waiting: { readonly ticket: number; readonly resolve: (places: Places | null) => void } | null = null;

  /** The places, or null when another layout was asked for meanwhile or the client was closed. */
  run(input: LayoutInput): Promise<Places | null> {
    this.waiting?.resolve(null);
    this.ticket += 1;
    const ticket = this.ticket;
    return new Promise((resolve, reject) => {
      this.waiting = { ticket, resolve };
      const worker = this.start(reject);
      worker.postMessage({ ticket, input });
    });
  }

  close(): void {
    this.waiting?.resolve(null);
    this.waiting = null;
    this.worker?.terminate();
    this.worker = null;
  }

  private start(reject: (reason: Error) => void): Worker {
    this.worker ??= new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
    this.worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if (this.waiting?.ticket !== data.ticket) return;
      this.waiting.resolve({ x: data.x, y: data.y });
      this.waiting = null;
    };
    this.worker.onerror = (event) => reject(new Error(event.message));
    return this.worker;
  }
}
