import { KIND_GROUPS, LINK_CLASSES, type LinkClass } from '@/graphview/model/types';

/** Red, green and blue, each 0 to 1. */
export type Rgb = readonly [number, number, number];

export interface CanvasColours {
  readonly canvas: Rgb;
  readonly accent: Rgb;
  readonly court: Rgb;
  readonly line2: Rgb;
  readonly icon: Rgb;
  /** One per kind group, in the order of `KIND_GROUPS`. */
  readonly kinds: readonly Rgb[];
  /** One per link class, in the order of `LINK_CLASSES`. */
  readonly classes: readonly Rgb[];
  /** Four, by order of the countries' joining. */
  readonly people: readonly Rgb[];
  /** The same tokens as CSS colours, for what is drawn in two dimensions. */
  readonly css: {
    readonly canvas: string;
    readonly ink: string;
    readonly ink2: string;
    readonly panel: string;
    readonly accent: string;
    readonly court: string;
    readonly personInk: string;
    readonly icon: string;
    readonly people: readonly string[];
    readonly kinds: readonly string[];
  };
}

/** The kind whose hue each class of links borrows (handbook §3.3). */
export const CLASS_HUE: Record<LinkClass, string> = {
  ownership: 'organisation', money: 'account', communication: 'communication', personal: 'person', use: 'place', citation: 'exhibit',
};

/** `#rgb` or `#rrggbb` as numbers from 0 to 1; black for anything else. */
export function parseHex(value: string): Rgb {
  const text = value.trim().replace('#', '');
  const full = text.length === 3 ? text.replaceAll(/./gu, '$&$&') : text;
  const number = /^[0-9a-f]{6}$/iu.test(full) ? Number.parseInt(full, 16) : 0;
  return [((number >> 16) & 255) / 255, ((number >> 8) & 255) / 255, (number & 255) / 255];
}

/** Reads the tokens in force at an element, so that the canvas follows light and dark. */
export function readColours(element: Element): CanvasColours {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const rgb = (name: string): Rgb => parseHex(token(name));
  const people = ['person-1', 'person-2', 'person-3', 'person-4'];
  return {
    canvas: rgb('canvas'), accent: rgb('accent'), court: rgb('court'), line2: rgb('line2'), icon: rgb('kind-icon'),
    kinds: KIND_GROUPS.map((group) => rgb(`kind-${group}`)),
    classes: LINK_CLASSES.map((name) => rgb(`kind-${CLASS_HUE[name]}`)),
    people: people.map(rgb),
    css: {
      canvas: token('canvas'), ink: token('ink'), ink2: token('ink2'), panel: token('panel'), accent: token('accent'), court: token('court'),
      personInk: token('person-ink'), icon: token('kind-icon'), people: people.map(token), kinds: KIND_GROUPS.map((group) => token(`kind-${group}`)),
    },
  };
}
