import { parseMessage, type ClientMessage, type Notice, type Present, type ServerMessage, type ViewName } from '@/live/messages';

export type SocketState = 'connecting' | 'live' | 'offline' | 'restarting' | 'signedOut';

/** What the socket tells the page; each is called outside of rendering. */
export interface Listener {
  state(state: SocketState): void;
  notice(notice: Notice): void;
  presence(space: string, people: readonly Present[]): void;
  /** Something may have been missed: drop what is held of the space and ask again. */
  resync(space: string): void;
  ended(space: string): void;
}

export const protocol = 'joinder.live.v1';
const closeSessionEnded = 4401;
const closeOriginRefused = 4403;
const closeRestarting = 1012;
const longest = 15_000;

type Connect = (url: string, protocol: string) => WebSocket;

/** One socket for the whole page: keeps subscriptions and their cursors over reconnects, and finds gaps by `n`. */
export class LiveSocket {
  private socket: WebSocket | null = null;
  private readonly cursors = new Map<string, string | null>();
  private readonly looking = new Map<string, ClientMessage>();
  private expected = 0;
  private attempt = 0;
  private heartbeat = 15_000;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private wait: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;

  constructor(
    private readonly url: string,
    private readonly listener: Listener,
    private readonly connect: Connect = (to, name) => new WebSocket(to, name),
  ) {}

  start(): void {
    this.stopped = false;
    this.open();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.silence);
    clearTimeout(this.wait);
    this.socket?.close(1000);
    this.socket = null;
  }

  subscribe(space: string): void {
    if (this.cursors.has(space)) return;
    this.cursors.set(space, null);
    this.send({ type: 'subscribe', space, cursor: null });
  }

  unsubscribe(space: string): void {
    if (!this.cursors.delete(space)) return;
    this.looking.delete(space);
    this.send({ type: 'unsubscribe', space });
  }

  /** Says what this person looks at; at most five ids leave. */
  announce(space: string, view: ViewName, looking: readonly string[]): void {
    const message: ClientMessage = { type: 'presence', space, view, looking: looking.slice(0, 5) };
    if (JSON.stringify(this.looking.get(space)) === JSON.stringify(message)) return;
    this.looking.set(space, message);
    if (this.cursors.has(space)) this.send(message);
  }

  private open(): void {
    this.listener.state('connecting');
    const socket = this.connect(this.url, protocol);
    this.socket = socket;
    this.expected = 0;
    socket.onmessage = (event) => {
      if (socket === this.socket) this.receive(event.data);
    };
    socket.onclose = (event) => {
      if (socket === this.socket) this.lost(event.code);
    };
  }

  private receive(data: unknown): void {
    this.listen();
    const numbered = parseMessage(data);
    if (!numbered || numbered.n !== this.expected) {
      this.reconnect();
      return;
    }
    this.expected += 1;
    this.handle(numbered.message);
  }

  private handle(message: ServerMessage): void {
    switch (message.type) {
      case 'welcome':
        this.welcome(message.heartbeat);
        return;
      case 'subscribed':
        this.subscribed(message.space, message.cursor);
        return;
      case 'notice':
        if (!this.cursors.has(message.space)) return;
        this.cursors.set(message.space, message.cursor);
        this.listener.notice(message);
        return;
      case 'presence':
        this.listener.presence(message.space, message.people);
        return;
      case 'resync':
        this.listener.resync(message.space);
        return;
      case 'ended':
        this.cursors.delete(message.space);
        this.looking.delete(message.space);
        this.listener.ended(message.space);
        return;
      case 'heartbeat':
        return;
      default:
        message satisfies never;
    }
  }

  private welcome(heartbeat: number): void {
    this.heartbeat = heartbeat * 1000;
    this.attempt = 0;
    this.listener.state('live');
    for (const [space, cursor] of this.cursors) this.send({ type: 'subscribe', space, cursor });
  }

  private subscribed(space: string, cursor: string): void {
    if (!this.cursors.has(space)) return;
    this.cursors.set(space, cursor);
    const looking = this.looking.get(space);
    if (looking) this.send(looking);
  }

  private send(message: ClientMessage): void {
    if (this.socket?.readyState === 1 && this.expected > 0) this.socket.send(JSON.stringify(message));
  }

  /** A gap or a stranger's message: reconnect with the last cursor, which asks for what was missed. */
  private reconnect(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.close(1000);
    this.lost(0);
  }

  private lost(code: number): void {
    clearTimeout(this.silence);
    this.socket = null;
    if (this.stopped) return;
    if (code === closeSessionEnded || code === closeOriginRefused) {
      this.listener.state('signedOut');
      return;
    }
    this.listener.state(code === closeRestarting ? 'restarting' : 'offline');
    const pause = Math.min(longest, 300 * 2 ** this.attempt) * (0.5 + Math.random() / 2);
    this.attempt += 1;
    this.wait = setTimeout(() => this.open(), pause);
  }

  /** No heartbeat for two and a half of its intervals means that the line is dead. */
  private listen(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.reconnect(), this.heartbeat * 2.5);
  }
}
