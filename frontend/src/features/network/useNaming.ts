import { useCallback } from 'react';
import { useOntology } from '@/api/ontology';
import type { Group } from '@/graphview/model/groups';
import type { Item } from '@/graphview/model/types';
import { t } from '@/text/text';

/** Name and kind of some items as one node. */
export type Naming = (items: readonly Item[]) => Pick<Group, 'name' | 'kind'>;

/** "212 Bank accounts", or "14 items" of different kinds. */
export function useNaming(): Naming {
  const ontology = useOntology();
  return useCallback((items) => {
    const [first] = items;
    const kind = first && items.every((item) => item.kind === first.kind) ? first.kind : null;
    const plural = kind === null ? undefined : ontology.kind(kind)?.plural;
    const name = plural ? t('network.group.of', { n: items.length, plural }) : t('network.items', { count: items.length });
    return { name, kind };
  }, [ontology]);
}
