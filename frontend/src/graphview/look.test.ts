import { describe, expect, it } from 'vitest';
import { edgeLook, flowWidth, nodeLook, radiusOf, SELECTED_RADIUS } from '@/graphview/look';
import { kindLook } from '@/graphview/model/kinds';
import { aLink, anItem, groupOf } from '@/graphview/model/testChart';
import { EMPTY_VIEW, type View } from '@/graphview/model/view';
import { COURT_CLASS, COURT_HUE, END_MARK, NODE_BADGE, NODE_FLAG, NODE_RING, PATTERN, RETRACTED_CLASS, RETRACTED_HUE, SHAPE, STRUCK } from '@/graphview/programs/looks';

const look = (item = anItem('a'), view: View = EMPTY_VIEW) =>
  nodeLook(item, { at: { x: 0, y: 0 }, kind: kindLook(item.kind, groupOf), view, focus: null, presence: 'drawn' });
const line = (rest: Parameters<typeof aLink>[3], view: View = EMPTY_VIEW, strengthAsOpacity = false) =>
  edgeLook(aLink('x', 'a', 'b', rest), { curve: 7, members: ['x'] }, { view, focus: null, strengthAsOpacity, sum: 0 });

describe('nodeLook', () => {
  it.each([['Person', SHAPE.circle], ['BankAccount', SHAPE.square], ['Address', SHAPE.diamond]])('%s has its shape', (kind, shape) => {
    expect(look(anItem('a', { kind })).shape).toBe(shape);
  });

  it('shows uncertain, merged, marked and pinned together', () => {
    const shown = look(anItem('a', { uncertain: true, merged: 2, markings: ['m'] }), { ...EMPTY_VIEW, pinned: new Set(['a']) });
    expect(shown.flags).toBe(NODE_FLAG.uncertain + NODE_FLAG.merged);
    expect(shown.badges).toBe(NODE_BADGE.lock + NODE_BADGE.pin);
  });

  it('grows when selected', () => {
    expect(look(anItem('a'), { ...EMPTY_VIEW, selected: new Set(['a']) }).size).toBe(SELECTED_RADIUS);
  });

  it("prefers a colleague's selection over their change", () => {
    const view = { ...EMPTY_VIEW, others: new Map([['a', { tone: 2, country: 'NL' }]]), changed: new Map([['a', { tone: 3, country: 'LT' }]]) };
    expect(look(anItem('a'), view)).toMatchObject({ person: 2, ring: NODE_RING.selection });
  });

  it('fades what the legend row under the pointer does not hold', () => {
    expect(look(anItem('a'), { ...EMPTY_VIEW, preview: { type: 'group', value: 'account' } }).alpha).toBe(38);
  });

  it('keeps the radius between 11.5 and 17', () => {
    expect([radiusOf(1), radiusOf(8), radiusOf(5000)]).toEqual([11.5, 14, 17]);
  });
});

describe('what does not stand', () => {
  it.each([['EXCLUDED', COURT_HUE, COURT_CLASS, STRUCK.twice], ['RESERVED', COURT_HUE, COURT_CLASS, STRUCK.once],
    ['RETRACTED', RETRACTED_HUE, RETRACTED_CLASS, STRUCK.once]] as const)(
    '%s: hollow with a stroke, the link at 40 %% with strokes across', (standing, hue, linkHue, struck) => {
      expect(look(anItem('a', { standing }))).toMatchObject({ hue, flags: NODE_FLAG.fallen });
      expect(line({ standing, strength: 'TENTATIVE' })).toMatchObject({ hue: linkHue, struck, pattern: PATTERN.solid, alpha: 102 });
    },
  );
});

describe('edgeLook', () => {
  it('gives class, strength and direction their signs', () => {
    expect(line({ linkClass: 'money', strength: 'TENTATIVE' })).toMatchObject({ hue: 1, pattern: PATTERN.dashed, mark: END_MARK.triangle, curve: 7 });
    expect(line({ linkClass: 'ownership', strength: 'UNCONFIRMED' })).toMatchObject({ hue: 0, pattern: PATTERN.dotted, mark: END_MARK.diamond });
  });

  it('turns strength into opacity in large charts', () => {
    const strong = line({ strength: 'CONFIRMED' }, EMPTY_VIEW, true);
    const weak = line({ strength: 'UNCONFIRMED' }, EMPTY_VIEW, true);
    expect(weak.pattern).toBe(PATTERN.solid);
    expect(weak.alpha).toBeLessThan(strong.alpha);
  });

  it('is thicker and full when selected', () => {
    expect(line({}, { ...EMPTY_VIEW, selectedLinks: new Set(['x']) })).toMatchObject({ size: 2, alpha: 255 });
  });

  it('is not drawn when another line stands for it', () => {
    expect(edgeLook(aLink('x', 'a', 'b'), { curve: 0, members: [] }, { view: EMPTY_VIEW, focus: null, strengthAsOpacity: false, sum: 0 }).hidden).toBe(true);
  });

  it('draws flows 1.5 to 8 wide by the logarithm of their sum', () => {
    expect([flowWidth(0), flowWidth(100_000), flowWidth(1_000_000_000), flowWidth(10 ** 14)]).toEqual([1.5, 1.5, 8, 8]);
  });
});
