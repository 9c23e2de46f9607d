import { createContext } from 'react';
import type { Notice, Present, ViewName } from '@/live/messages';
import type { SocketState } from '@/live/socket';

/** Who changed something, for the edge and the line that attribute it. */
export interface Touch {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly person: string;
  readonly caption: string;
  readonly at: string;
  /** When this page learnt of it, in milliseconds: the edge fades 8 s later. */
  readonly seenAt: number;
  /** When the reader first did something after that; null while the page stands unattended. The line goes 8 s later. */
  readonly metAt: number | null;
}

export type NoticeHandler = (notice: Notice) => void;

/** The live side of the page, as hooks use it. */
export interface Live {
  readonly state: SocketState;
  readonly present: ReadonlyMap<string, readonly Present[]>;
  /** Changes of other people in the current space, newest first. */
  readonly touches: readonly Touch[];
  readonly listen: (space: string, handler: NoticeHandler) => () => void;
  readonly announce: (space: string, view: ViewName, looking: readonly string[]) => void;
}

export const LiveContext = createContext<Live | null>(null);
