/** What stands on the live socket: one union, told apart by `type`. A notice names, it carries nothing. */
export type Kind = 'entity' | 'link' | 'record' | 'case' | 'marking' | 'member' | 'agreement' | 'import' | 'merge' | 'task' | 'exhibit';
export type ViewName = 'home' | 'network' | 'entity' | 'entities' | 'case' | 'import' | 'tasks' | 'task' | 'evidence' | 'exhibit';

export interface Notice {
  readonly type: 'notice';
  readonly space: string;
  readonly cursor: string;
  readonly change: 'changed' | 'gone';
  readonly kind: Kind;
  readonly id: string;
}
/** Someone who is here, and what of theirs the reader may see. */
export interface Present {
  readonly id: string;
  readonly view: string;
  readonly looking: readonly string[];
}
export type ServerMessage =
  | { readonly type: 'welcome'; readonly heartbeat: number }
  | { readonly type: 'subscribed'; readonly space: string; readonly cursor: string }
  | Notice
  | { readonly type: 'presence'; readonly space: string; readonly people: readonly Present[] }
  | { readonly type: 'heartbeat' }
  | { readonly type: 'resync'; readonly space: string }
  | { readonly type: 'ended'; readonly space: string };

export type ClientMessage =
  | { readonly type: 'subscribe'; readonly space: string; readonly cursor: string | null }
  | { readonly type: 'unsubscribe'; readonly space: string }
  | { readonly type: 'presence'; readonly space: string; readonly view: ViewName; readonly looking: readonly string[] };

export interface Numbered {
  readonly n: number;
  readonly message: ServerMessage;
}

type Fields = Record<string, unknown>;
const text = (value: unknown): value is string => typeof value === 'string';
const list = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const fields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const kinds: ReadonlySet<string> = new Set<Kind>(['entity', 'link', 'record', 'case', 'marking', 'member', 'agreement', 'import', 'merge', 'task', 'exhibit']);

function present(value: unknown): Present[] {
  if (!fields(value) || !text(value['id'])) return [];
  const looking = list(value['looking']) ? value['looking'].filter(text) : [];
  return [{ id: value['id'], view: text(value['view']) ? value['view'] : '', looking }];
}

function notice(raw: Fields): Notice | null {
  const { space, cursor, change, kind, id } = raw;
  if (!text(space) || !text(cursor) || !text(id) || !text(kind) || !kinds.has(kind)) return null;
  if (change !== 'changed' && change !== 'gone') return null;
  return { type: 'notice', space, cursor, change, kind: kind as Kind, id };
}

function message(raw: Fields): ServerMessage | null {
  const { type, space, cursor } = raw;
  switch (type) {
    case 'welcome': return { type, heartbeat: Number(raw['heartbeat'] ?? 15) };
    case 'heartbeat': return { type };
    case 'subscribed': return text(space) && text(cursor) ? { type, space, cursor } : null;
    case 'notice': return notice(raw);
    case 'presence': return text(space) && list(raw['people']) ? { type, space, people: raw['people'].flatMap(present) } : null;
    case 'resync': case 'ended': return text(space) ? { type, space } : null;
    default: return null;
  }
}

/** Reads one text message; null when it is not one of ours, which the socket treats as a loss. */
export function parseMessage(data: unknown): Numbered | null {
  if (!text(data)) return null;
  try {
    const raw: unknown = JSON.parse(data);
    if (!fields(raw) || typeof raw['n'] !== 'number') return null;
    const read = message(raw);
    return read && { n: raw['n'], message: read };
  } catch {
    return null;
  }
}
