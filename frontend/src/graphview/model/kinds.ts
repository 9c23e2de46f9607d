import { KIND_GROUPS, isKindGroup, type KindGroup } from '@/graphview/model/types';
import { SHAPE } from '@/graphview/programs/looks';
import { pictogramIndex, type Pictogram } from '@/graphview/programs/pictograms';

/** Shape, hue and pictogram of a kind, as numbers for the node program. */
export interface KindLook {
  readonly group: KindGroup;
  readonly shape: number;
  readonly hue: number;
  readonly pictogram: number;
}

const SHAPES: Record<KindGroup, number> = {
  person: SHAPE.circle, organisation: SHAPE.circle, case: SHAPE.circle,
  account: SHAPE.square, wallet: SHAPE.square, communication: SHAPE.square, vehicle: SHAPE.square, exhibit: SHAPE.square,
  place: SHAPE.diamond, event: SHAPE.diamond,
};
const PICTOGRAM: Record<KindGroup, Pictogram> = {
  person: 'user', organisation: 'building', case: 'scale', account: 'bank', wallet: 'bitcoin', communication: 'device',
  vehicle: 'car', exhibit: 'file', place: 'place', event: 'calendar',
};
/** Kinds with a pictogram of their own. */
const SPECIAL: Partial<Record<string, Pictogram>> = {
  Vessel: 'ship', Airplane: 'plane', Trip: 'plane', Truck: 'truck', RealEstate: 'estate', Email: 'mail', EmailAddress: 'mail',
};

/** How a kind of the ontology looks; `groupOf` is the ontology's answer for it. */
export function kindLook(kind: string, groupOf: (kind: string) => string): KindLook {
  const told = groupOf(kind);
  const group = isKindGroup(told) ? told : 'exhibit';
  return {
    group, shape: SHAPES[group], hue: KIND_GROUPS.indexOf(group), pictogram: pictogramIndex(SPECIAL[kind] ?? PICTOGRAM[group]),
  };
}
