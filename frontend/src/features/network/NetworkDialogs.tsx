import type { ReactNode } from 'react';
import type { ChartController } from '@/features/network/ChartController';
import { ExpandDialog } from '@/features/network/ExpandDialog';
import { KeysDialog } from '@/features/network/KeysDialog';
import type { Actions, Overlay } from '@/features/network/useActions';
import { AddEntityDialog } from '@/ui/records/AddEntityDialog';
import { AddLinkDialog } from '@/ui/records/AddLinkDialog';
import { NewTaskDialog } from '@/ui/tasks/NewTaskDialog';

interface Properties {
  readonly controller: ChartController;
  readonly actions: Actions;
  readonly space: string;
  readonly inCase: string | null;
  readonly overlay: Overlay | null;
  readonly say: (text: string) => void;
  readonly letters: boolean;
  readonly onLetters: (on: boolean) => void;
  readonly onClose: () => void;
}

/** The dialog that is open over the chart, if one is. */
export function NetworkDialogs({ controller, actions, space, inCase, overlay, say, letters, onLetters, onClose }: Properties): ReactNode {
  if (!overlay) return null;
  switch (overlay.type) {
    case 'expand': {
      const item = controller.store.item(overlay.id);
      return item && <ExpandDialog controller={controller} space={space} item={item} say={say} onClose={onClose} />;
    }
    case 'addEntity': return <AddEntityDialog inCase={inCase} onClose={onClose} onAdded={(id) => {
      onClose();
      void actions.bring(id).then(() => controller.scene?.reveal(id));
    }} />;
    case 'addLink': {
      const from = controller.store.item(overlay.from);
      const to = overlay.to === null ? null : controller.store.item(overlay.to);
      return from && <AddLinkDialog from={from} to={to} inCase={inCase} onClose={onClose} onAdded={() => {
        onClose();
        void actions.bring(from.id);
      }} />;
    }
    case 'task': return <NewTaskDialog about={overlay.about} inCase={inCase ?? ''} onClose={onClose} />;
    case 'keys': return <KeysDialog letters={letters} onLetters={onLetters} onClose={onClose} />;
    default: return overlay satisfies never;
  }
}
