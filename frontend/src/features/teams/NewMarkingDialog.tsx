import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { graphql } from '@/api/generated/gql';
import type { MarkingKind } from '@/api/generated/graphql';
import { useAct } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Check, SelectField, TextField } from '@/ui/Field';
import { Problem } from '@/ui/States';
import styles from '@/features/teams/teams.module.css';

const CreateMarking = graphql(`
  mutation CreateMarking($space: ID!, $name: String!, $kind: MarkingKind!, $strong: Boolean!, $watermark: Boolean!, $key: String!) {
    createMarking(space: $space, name: $name, kind: $kind, strongSignIn: $strong, watermark: $watermark, key: $key) { id }
  }
`);
const kinds: readonly MarkingKind[] = [
  'COVERT_SOURCE', 'PRIVILEGED', 'VICTIM_IDENTITY', 'NATIONAL_CAVEAT', 'RELEASE_RESTRICTION', 'FINANCIAL_INTELLIGENCE', 'OTHER',
];

/** Creates a marking; whoever creates it is its first holder. */
export function NewMarkingDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { id } = useSpace();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<MarkingKind>('COVERT_SOURCE');
  const [strong, setStrong] = useState(false);
  const [watermark, setWatermark] = useState(false);
  const create = useAct(CreateMarking, () => {
    void refresh(id, ['Space', 'Activity']);
    onClose();
  });
  return (
    <Dialog title={t('markings.create')} onClose={onClose} onSubmit={() => create.mutate({ space: id, name: name.trim(), kind, strong, watermark })}
      actions={<>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" look="primary" disabled={!name.trim() || create.isPending}>{t('markings.submit')}</Button>
      </>}>
      <TextField label={t('markings.name')} value={name} onChange={setName} hint={t('markings.createHint')} />
      <SelectField label={t('markings.kind')} value={kind} onChange={(value) => setKind(kinds.find((each) => each === value) ?? kind)}>
        {kinds.map((each) => <option key={each} value={each}>{t(`markingKind.${each}`)}</option>)}
      </SelectField>
      <Check label={t('markings.strong')} checked={strong} onChange={setStrong} />
      <p className={styles['note']}>{t('markings.strongHint')}</p>
      <Check label={t('markings.watermark')} checked={watermark} onChange={setWatermark} />
      <p className={styles['note']}>{t('markings.watermarkHint')}</p>
      <Problem error={create.error} />
    </Dialog>
  );
}
