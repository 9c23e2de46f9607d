import { expect, it } from 'vitest';
import { directionOf } from '@/graphview/labels/draw';

it.each([['Ilian Dravec', 'ltr'], ['إليان درافيتس…', 'rtl'], ['“שם”', 'rtl'], ['IT60 … 4417', 'ltr'], ['+31 6 5550 1187', 'ltr'], ['Илиан', 'ltr']])(
  'a label “%s” runs %s', (text, direction) => expect(directionOf(text)).toBe(direction),
);
