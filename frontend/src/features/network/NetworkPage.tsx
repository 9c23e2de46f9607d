import type { ReactNode } from 'react';
import { useOntology } from '@/api/ontology';
import { NetworkView } from '@/features/network/NetworkView';
import { useController } from '@/features/network/useChart';
import { Skeleton } from '@/ui/States';

/** The network of a space: chart or table, legend, side panel. */
export default function NetworkPage({ space }: { readonly space: string }): ReactNode {
  const ontology = useOntology();
  const controller = useController(ontology);
  return controller ? <NetworkView controller={controller} space={space} /> : <Skeleton />;
}
