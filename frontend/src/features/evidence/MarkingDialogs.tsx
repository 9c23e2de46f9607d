import type { ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { useAct } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { changedOperations, MarkExhibit, ReleaseExhibit, type ExhibitInfo } from '@/features/evidence/queries';
import { t } from '@/text/text';
import { MarkDialog, ReleaseDialog } from '@/ui/records/MarkingDialogs';
import { whyOperations } from '@/ui/sight/WhyPanel';

interface Properties {
  readonly of: ExhibitInfo;
  readonly onClose: () => void;
}

function useDone(onClose: () => void): () => Promise<void> {
  const { id } = useSpace();
  return async () => {
    await refresh(id, [...changedOperations, ...whyOperations]);
    onClose();
  };
}

/** Puts further markings on an exhibit and on all that was derived from it. */
export function MarkExhibitDialog({ of, onClose }: Properties): ReactNode {
  const { id } = useSpace();
  const mark = useAct(MarkExhibit, useDone(onClose));
  return (
    <MarkDialog title={t('exhibit.markTitle', { number: of.number })} text={t('exhibit.markText')} none={t('exhibit.markNone')}
      submit={t('exhibit.markSubmit')} carried={of.markings} pending={mark.isPending} error={mark.error} onClose={onClose}
      onSend={(markings) => mark.mutate({ space: id, id: of.id, markings: [...markings], expectedVersion: of.version })} />
  );
}

/** Takes markings off an exhibit alone, after saying what keeps them. */
export function ReleaseExhibitDialog({ of, onClose }: Properties): ReactNode {
  const { id } = useSpace();
  const release = useAct(ReleaseExhibit, useDone(onClose));
  return (
    <ReleaseDialog title={t('exhibit.releaseTitle', { number: of.number })} text={t('exhibit.releaseText', { authority: of.authority.name })}
      submit={t('exhibit.releaseSubmit')} carried={of.markings} pending={release.isPending} error={release.error} onClose={onClose}
      onSend={(markings, reason) => release.mutate({ space: id, id: of.id, markings: [...markings], reason, expectedVersion: of.version })} />
  );
}
