import { adjacency, at, components } from '@/graphview/layout/adjacency';
import { circularLayout, gridLayout, radialLayout } from '@/graphview/layout/geometric';
import { hierarchicalLayout } from '@/graphview/layout/hierarchical';
import { packParts } from '@/graphview/layout/pack';
import { separate } from '@/graphview/layout/separate';
import { stressLayout } from '@/graphview/layout/stress';
import type { LayoutInput, Places } from '@/graphview/layout/types';

/** Works out a layout. Pure; pinned items keep their places. */
export function computeLayout(input: LayoutInput): Places {
  switch (input.layout) {
    case 'organic': return organicLayout(input);
    case 'hierarchical': return hierarchicalLayout(input);
    case 'radial': return radialLayout(input);
    case 'circular': return circularLayout(input);
    case 'grid': return gridLayout(input);
    default: return input.layout satisfies never;
  }
}

function organicLayout(input: LayoutInput): Places {
  const x = Float64Array.from(input.x);
  const y = Float64Array.from(input.y);
  const graph = adjacency(input.count, input.edges);
  const parts = components(input.count, graph);
  for (const members of parts) stressLayout(members, graph, x, y, input.fixed);
  const room = input.count <= 500 ? 62 : 44;
  if (!input.fixed.includes(1)) for (const members of parts) spread(members, x, y, room);
  separate(x, y, input.fixed, room, input.count <= 2000 ? 80 : 24);
  if (!input.fixed.includes(1)) packParts(parts, x, y);
  return { x, y };
}

/** Scales a part up until its items would have room if they stood evenly; shapes and proportions stay. */
function spread(members: Uint32Array, x: Float64Array, y: Float64Array, room: number): void {
  if (members.length < 3) return;
  const area = Math.PI * 4 * deviation(members, x) * deviation(members, y);
  const factor = Math.sqrt((members.length * room * room * 1.4) / Math.max(area, 1));
  if (factor <= 1) return;
  for (const i of members) {
    x[i] = at(x, i) * factor;
    y[i] = at(y, i) * factor;
  }
}

function deviation(members: Uint32Array, values: Float64Array): number {
  const mean = members.reduce((sum, i) => sum + at(values, i), 0) / members.length;
  return Math.sqrt(members.reduce((sum, i) => sum + (at(values, i) - mean) ** 2, 0) / members.length);
}
