import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveSocket, type Listener } from '@/live/socket';

/** The server's end, as far as the client can tell. */
class Wire {
  readyState = 1;
  readonly sent: unknown[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  private n = 0;

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.readyState = 3;
  }

  says(message: object, n = this.n): void {
    this.n = n + 1;
    this.onmessage?.({ data: JSON.stringify({ n, ...message }) });
  }

  drops(code: number): void {
    this.onclose?.({ code });
  }
}

const wires: Wire[] = [];
const heard = { state: vi.fn(), notice: vi.fn(), presence: vi.fn(), resync: vi.fn(), ended: vi.fn() } satisfies Listener;
const wire = (): Wire => wires[wires.length - 1] ?? new Wire();
const notice = { type: 'notice', space: 's', cursor: 'c2', change: 'changed', kind: 'entity', id: 'e' };
let socket: LiveSocket;

beforeEach(() => {
  vi.useFakeTimers();
  wires.length = 0;
  for (const listener of Object.values(heard)) listener.mockReset();
  socket = new LiveSocket('ws://x/live', heard, () => {
    const next = new Wire();
    wires.push(next);
    return next as unknown as WebSocket;
  });
  socket.start();
  socket.subscribe('s');
  wire().says({ type: 'welcome', heartbeat: 15 });
  wire().says({ type: 'subscribed', space: 's', cursor: 'c1' });
});

afterEach(() => {
  socket.stop();
  vi.useRealTimers();
});

const reconnect = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(20_000);
  wire().says({ type: 'welcome', heartbeat: 15 });
};

describe('LiveSocket', () => {
  it('subscribes once it is welcome, and says so', () => {
    expect(wire().sent).toEqual([{ type: 'subscribe', space: 's', cursor: null }]);
    expect(heard.state.mock.calls).toEqual([['connecting'], ['live']]);
  });

  it('hands on notices and resumes behind the last one', async () => {
    wire().says(notice);
    wire().drops(4408);
    await reconnect();
    expect(heard.notice).toHaveBeenCalledTimes(1);
    expect(wire().sent).toEqual([{ type: 'subscribe', space: 's', cursor: 'c2' }]);
  });

  it('reconnects with the last cursor when a number is missing, without handing the message on', async () => {
    wire().says(notice, 7);
    expect(heard.notice).not.toHaveBeenCalled();
    await reconnect();
    expect(wire().sent).toEqual([{ type: 'subscribe', space: 's', cursor: 'c1' }]);
  });

  it('reconnects when the line has been silent for two and a half heartbeats', async () => {
    await vi.advanceTimersByTimeAsync(37_400);
    expect(wires).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(wires).toHaveLength(2);
  });

  it('forgets an ended space: no subscription, no notice any more', async () => {
    wire().says({ type: 'ended', space: 's' });
    wire().says(notice);
    expect(heard.ended).toHaveBeenCalledWith('s');
    expect(heard.notice).not.toHaveBeenCalled();
    wire().drops(1006);
    await reconnect();
    expect(wire().sent).toEqual([]);
  });

  it('tells of a lost message only by resync', () => {
    wire().says({ type: 'resync', space: 's' });
    expect(heard.resync).toHaveBeenCalledWith('s');
  });

  it('stays away once the session ended', async () => {
    wire().drops(4401);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(wires).toHaveLength(1);
    expect(heard.state).toHaveBeenLastCalledWith('signedOut');
  });

  it('names a restart, and waits longer after each failure', async () => {
    wire().drops(1012);
    expect(heard.state).toHaveBeenLastCalledWith('restarting');
    const random = vi.spyOn(Math, 'random').mockReturnValue(1);
    await vi.advanceTimersByTimeAsync(300);
    wire().drops(1006);
    await vi.advanceTimersByTimeAsync(599);
    expect(wires).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(wires).toHaveLength(3);
    random.mockRestore();
  });

  it('says what one looks at once per change, at most five ids, and again after a reconnect', async () => {
    const ids = ['1', '2', '3', '4', '5', '6'];
    socket.announce('s', 'entity', ids);
    socket.announce('s', 'entity', ids);
    const said = { type: 'presence', space: 's', view: 'entity', looking: ids.slice(0, 5) };
    expect(wire().sent.slice(1)).toEqual([said]);
    wire().drops(1006);
    await reconnect();
    wire().says({ type: 'subscribed', space: 's', cursor: 'c3' });
    expect(wire().sent).toContainEqual(said);
  });
});
