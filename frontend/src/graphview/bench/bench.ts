import Graph from 'graphology';
import Sigma from 'sigma';
import { LabelLayer } from '@/graphview/labels/overlay';
import { computeLayout } from '@/graphview/layout/layout';
import { seededRandom } from '@/graphview/layout/random';
import { reconcile } from '@/graphview/model/reconcile';
import { aLink, anItem, groupOf } from '@/graphview/model/testChart';
import type { ChartAnswer, Point } from '@/graphview/model/types';
import { Scene } from '@/graphview/scene/scene';
import { ChartStore } from '@/graphview/store';

// Main-thread milliseconds of this chart beside stock sigma, in one page (goals F1 and F2). In development open
// /src/graphview/bench/?n=10000&m=20000 ; medians of `ROUNDS`, written into the page as JSON.
const ROUNDS = 9;
const query = new URLSearchParams(location.search);
const count = Number(query.get('n') ?? 1000);
const size = Number(query.get('m') ?? 2000);

/** A connected chart of hubs and spokes with some links across. */
function planted(): ChartAnswer {
  const random = seededRandom(11);
  const links = Array.from({ length: size }, (_, at) => {
    const source = at < count - 1 ? at + 1 : Math.floor(random() * count);
    const target = at < count - 1 ? Math.floor(random() ** 1.6 * source) : Math.floor(random() * count);
    return aLink(`l${at}`, `n${source}`, `n${target}`);
  });
  return { items: Array.from({ length: count }, (_, at) => anItem(`n${at}`, { caption: `Item ${at}` })), links };
}

const frame = (): Promise<void> => new Promise((done) => { requestAnimationFrame(() => setTimeout(done, 0)); });

async function median(work: (round: number) => void): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    work(round);
    times.push(performance.now() - start);
    await frame();
  }
  return Math.round((times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0) * 100) / 100;
}

function layOut({ items, links }: ChartAnswer): { readonly places: Map<string, Point>; readonly ms: number } {
  const index = new Map(items.map(({ id }, at) => [id, at]));
  const start = performance.now();
  const { x, y } = computeLayout({
    layout: 'organic', count, x: new Float64Array(count), y: new Float64Array(count), fixed: new Uint8Array(count), root: -1,
    edges: Uint32Array.from(links.flatMap(({ source, target }) => [index.get(source) ?? 0, index.get(target) ?? 0])),
    ranked: new Uint8Array(links.length), group: new Uint8Array(count),
  });
  const ms = Math.round(performance.now() - start);
  return { ms, places: new Map(items.map(({ id }, at) => [id, { x: x[at] ?? 0, y: y[at] ?? 0 }])) };
}

async function stock(container: HTMLElement, answer: ChartAnswer, places: ReadonlyMap<string, Point>): Promise<Record<string, number>> {
  const graph = new Graph({ multi: true, type: 'directed' });
  for (const { id, caption } of answer.items) graph.addNode(id, { ...places.get(id), size: 5, label: caption, color: '#245fd3' });
  for (const { id, source, target } of answer.links) graph.addEdgeWithKey(id, source, target, { size: 1.2, color: '#999999' });
  const sigma = new Sigma(graph, container, { enableEdgeEvents: true });
  await frame();
  const oneItem = await median((round) => {
    graph.getNodeAttributes('n7')['color'] = round % 2 ? '#cf5a12' : '#245fd3';
    sigma.refresh({ partialGraph: { nodes: ['n7'], edges: graph.edges('n7') }, skipIndexation: true });
  });
  const everything = await median(() => sigma.refresh());
  sigma.kill();
  return { oneItem, everything };
}

async function ours(container: HTMLElement, answer: ChartAnswer, places: ReadonlyMap<string, Point>): Promise<Record<string, number>> {
  const store = new ChartStore(groupOf);
  store.apply(reconcile(store.content(), { type: 'whole' }, answer), places);
  const scene = new Scene(container, store);
  new LabelLayer(scene, (links) => links[0]?.label ?? '');
  scene.fit(undefined, false);
  await frame();
  const beside = answer.links.filter(({ source, target }) => source === 'n7' || target === 'n7');
  const draw = (): void => void scene.sigma.refresh({ partialGraph: {}, skipIndexation: true });
  const oneItem = await median((round) => {
    const item = anItem('n7', { caption: `Item 7, ${round}`, uncertain: round % 2 === 0 });
    store.apply(reconcile(store.content(), { type: 'items', ids: new Set(['n7']) }, { items: [item], links: beside }));
    draw();
  });
  const ring = await median((round) => {
    store.update({ changed: new Map([['n7', { tone: 1 + (round % 3), country: 'IT' }]]) });
    draw();
  });
  const select = await median((round) => {
    store.update({ selected: new Set([`n${round}`]) });
    draw();
  });
  const everything = await median(() => scene.sigma.refresh());
  scene.destroy();
  return { oneItem, ring, select, everything };
}

async function run(container: HTMLElement): Promise<void> {
  const answer = planted();
  const { places, ms } = layOut(answer);
  const figures = { items: count, links: size, layoutMs: ms, stock: await stock(container, answer, places), ours: await ours(container, answer, places) };
  const out = document.getElementById('figures');
  if (out) out.textContent = JSON.stringify(figures, null, 1);
}

const container = document.getElementById('chart');
if (container) void run(container);
