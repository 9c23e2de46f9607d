import { passes, type ApiError } from '@/api/errors';
import type { Choices, Told, Transport } from '@/features/evidence/uploads/transport';
import { fingerprint, fingerprintOf } from '@/features/evidence/uploads/fingerprint';
import { dismiss, remember, unfinished, type Unfinished } from '@/features/evidence/uploads/unfinished';

/** Where a file is on its way: `waiting` for the connection, `signedOut` until the person signs in again. */
export type UploadState = 'queued' | 'sending' | 'waiting' | 'paused' | 'signedOut' | 'refused' | 'done';

export interface Item {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly sent: number;
  readonly state: UploadState;
  readonly problem: ApiError | null;
  /** What it has become. */
  readonly exhibit: string | null;
}
interface Job {
  readonly file: File;
  /** Null for one that goes on from before: the server knows. */
  readonly choices: Choices | null;
  readonly hashes: { readonly file: string; readonly choices: string };
  address: string | null;
  /** Stops what is being sent; null when nothing is. */
  stop: (() => void) | null;
  tries: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}
interface Means {
  readonly transport: Transport;
  /** Asks the person to confirm that it is them. */
  readonly confirm: () => Promise<boolean>;
  readonly arrived: (exhibit: string | null) => void;
}

/** So many files are on their way at once. */
export const atOnce = 3;
const longest = 15_000;

/** The next files to send: in order, no more than fit. */
export function nextOf(items: readonly Item[]): readonly string[] {
  const free = atOnce - items.filter(({ state }) => state === 'sending').length;
  return items.filter(({ state }) => state === 'queued').slice(0, Math.max(0, free)).map(({ id }) => id);
}

/** The state after a failure; a strong sign-in is asked for elsewhere. */
export function afterFailure(error: ApiError): Extract<UploadState, 'waiting' | 'signedOut' | 'refused'> {
  if (passes(error)) return 'waiting';
  return error.kind === 'UNAUTHENTICATED' ? 'signedOut' : 'refused';
}

/** The files that a person sends into a space. It lives as long as the page, whatever it shows; a few at a time, each until it is whole or refused. */
export class UploadQueue {
  private items: readonly Item[] = [];
  private readonly jobs = new Map<string, Job>();
  private readonly listeners = new Set<() => void>();

  constructor(readonly space: string, readonly owner: string, private readonly means: Means) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  readonly snapshot = (): readonly Item[] => this.items;

  /** Puts files at the end. One that was begun before under the same choices goes on where it was. */
  async add(files: readonly File[], choices: Choices): Promise<void> {
    const said = await fingerprintOf(this.owner, { ...choices, markings: [...choices.markings].toSorted().join(' '), zone: '' });
    for (const file of files) {
      const hashes = { file: await fingerprint(this.owner, file), choices: said };
      const begun = unfinished(this.owner).find((one) => one.file === hashes.file && one.choices === said);
      this.put(file, choices, hashes, begun?.address ?? null);
    }
  }

  /** Goes on with one that was begun before; false where this is another file. */
  async resume(file: File, begun: readonly Unfinished[]): Promise<boolean> {
    const print = await fingerprint(this.owner, file);
    const found = begun.find((one) => one.file === print);
    if (!found) return false;
    this.put(file, null, { file: print, choices: found.choices }, found.address);
    return true;
  }

  pause(id: string): void {
    this.halt(id);
    this.set(id, { state: 'paused' });
    this.fill();
  }

  goOn(id: string): void {
    const job = this.jobs.get(id);
    if (job) job.tries = 0;
    this.set(id, { state: 'queued', problem: null });
    this.fill();
  }

  /** Ends one for good: what had arrived of it is removed at the server. */
  end(id: string): void {
    const begun = this.jobs.get(id)?.address ?? null;
    this.drop(id);
    if (begun !== null) this.forget(begun);
  }

  /** Ends one that is not on the list. */
  forget(address: string): void {
    dismiss(this.owner, address);
    this.means.transport.remove(address).catch(() => undefined); // it runs out by itself
    this.tell(this.items);
  }

  /** Takes one that is over off the list. */
  drop(id: string): void {
    this.halt(id);
    this.jobs.delete(id);
    this.tell(this.items.filter((item) => item.id !== id));
    this.fill();
  }

  /** Whether something would be lost with the page. */
  get busy(): boolean {
    return this.items.some(({ state }) => state !== 'done' && state !== 'refused');
  }

  /** The addresses that are on the list, so that they are not offered once more. */
  get addresses(): ReadonlySet<string> {
    return new Set([...this.jobs.values()].flatMap(({ address }) => address ?? []));
  }

  /** Stops everything and forgets the files. What has arrived stays at the server for a while. */
  close(): void {
    for (const id of this.jobs.keys()) this.halt(id);
    this.jobs.clear();
    this.tell([]);
  }

  private put(file: File, choices: Choices | null, hashes: Job['hashes'], address: string | null): void {
    if (address !== null && this.addresses.has(address)) return;
    const id = crypto.randomUUID();
    this.jobs.set(id, { file, choices, hashes, address, stop: null, tries: 0, timer: undefined });
    this.tell([...this.items, { id, name: file.name, bytes: file.size, sent: 0, state: 'queued', problem: null, exhibit: null }]);
    this.fill();
  }

  private fill(): void {
    for (const id of nextOf(this.items)) this.start(id);
  }

  private start(id: string): void {
    const job = this.jobs.get(id);
    if (!job) return;
    this.set(id, { state: 'sending', problem: null });
    const { file, choices, address } = job;
    const told: Told = {
      begun: (at) => {
        job.address = at;
        remember(this.owner, { ...job.hashes, address: at, bytes: file.size, at: new Date().toISOString() });
      },
      sent: (sent) => {
        job.tries = 0;
        this.set(id, { sent });
      },
      done: (exhibit) => {
        if (job.address !== null) dismiss(this.owner, job.address);
        job.stop = null;
        this.set(id, { state: 'done', sent: file.size, exhibit });
        this.means.arrived(exhibit);
        this.fill();
      },
      failed: (error) => {
        job.stop = null;
        this.failed(id, job, error);
      },
    };
    const { send } = this.means.transport;
    if (address !== null) job.stop = send({ space: this.space, file, choices, address }, told);
    else if (choices) job.stop = send({ space: this.space, file, choices, address: null }, told);
  }

  private failed(id: string, job: Job, error: ApiError): void {
    if (error.kind === 'STEP_UP') {
      this.set(id, { state: 'paused' });
      void this.means.confirm().then((confirmed) => (confirmed ? this.goOn(id) : this.set(id, { state: 'refused', problem: error })));
      return;
    }
    const gone = error.kind === 'NOT_FOUND' && job.address !== null;
    if (gone) {
      dismiss(this.owner, job.address ?? '');
      job.address = null;
      if (job.choices) {
        // What had arrived has run out: the file is still at hand and is sent from its beginning.
        this.set(id, { state: 'queued', sent: 0 });
        this.fill();
        return;
      }
    }
    const state = afterFailure(error);
    this.set(id, { state, problem: error });
    if (state === 'waiting') {
      job.tries += 1;
      job.timer = setTimeout(() => {
        this.set(id, { state: 'queued' });
        this.fill();
      }, Math.min(longest, 500 * 2 ** job.tries));
    }
    this.fill();
  }

  private halt(id: string): void {
    const job = this.jobs.get(id);
    if (!job) return;
    clearTimeout(job.timer);
    job.stop?.();
    job.stop = null;
  }

  private set(id: string, part: Partial<Item>): void {
    this.tell(this.items.map((item) => (item.id === id ? { ...item, ...part } : item)));
  }

  private tell(items: readonly Item[]): void {
    this.items = items;
    for (const listener of this.listeners) listener();
  }
}
