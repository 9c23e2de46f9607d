import { IconCircleDashed } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import type { CustodyVerb } from '@/api/generated/graphql';
import { useAct, useAsk } from '@/api/hooks';
import { useMe } from '@/api/session';
import { useSpace } from '@/api/SpaceContext';
import { ConsentsDocument } from '@/features/evidence/court/queries';
import { CustodyFields, custodyInput, emptyCustody } from '@/features/evidence/custody/CustodyFields';
import { changedOperations, ConfirmReceipt, HandOver, RecordCustody, type CustodyEvent, type ExhibitInfo } from '@/features/evidence/queries';
import { listed } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { SelectField } from '@/ui/Field';
import { Problem } from '@/ui/States';
import styles from '@/features/evidence/court/court.module.css';

interface Properties {
  readonly of: ExhibitInfo;
  readonly onClose: () => void;
}
type Verb = Extract<CustodyVerb, 'COLLECTED' | 'SEALED' | 'UNSEALED' | 'COPIED' | 'PROCESSED' | 'TRANSLATED' | 'RETURNED' | 'DESTROYED'>;
/** What people record themselves; all else is written with the deed. */
const byHand: readonly Verb[] = ['SEALED', 'UNSEALED', 'COPIED', 'PROCESSED', 'TRANSLATED', 'COLLECTED', 'RETURNED', 'DESTROYED'];

function useDone(onClose: () => void): () => Promise<void> {
  const { id } = useSpace();
  return async () => {
    await refresh(id, changedOperations);
    onClose();
  };
}

/** Hands an exhibit to another authority of the space; it is open until they confirm its receipt. */
export function HandOverDialog({ of, onClose }: Properties): ReactNode {
  const { id, members } = useSpace();
  const me = useMe();
  const others = [...new Map(members.filter(({ state }) => state === 'ACTIVE').map(({ person }) => [person.agency.id, person.agency])).values()]
    .filter((agency) => agency.id !== me.agency.id);
  const [to, setTo] = useState(others.length === 1 ? (others[0]?.id ?? '') : '');
  const [value, setValue] = useState(emptyCustody);
  const act = useAct(HandOver, useDone(onClose));
  return (
    <Dialog title={t('custody.handOverTitle', { number: of.number })} onClose={onClose}
      onSubmit={() => act.mutate({ space: id, exhibit: of.id, to, custody: custodyInput(value) })} actions={<>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" look="primary" disabled={!to || act.isPending}>{t('custody.handOver')}</Button>
      </>}>
      <p>{t('custody.handOverText')}</p>
      <SelectField label={t('custody.to')} required value={to} onChange={setTo}>
        {!to && <option value="">{t('custody.chooseAuthority')}</option>}
        {others.map(({ id: one, name, country }) => <option key={one} value={one}>{name} ({country})</option>)}
      </SelectField>
      {to && <MissingConsent exhibit={of.id} to={to} />}
      <CustodyFields value={value} onChange={setValue} />
      <Problem error={act.error} />
    </Dialog>
  );
}

/** Before anything is sent: whose consent to handing it to this authority is missing, and who may give it. */
function MissingConsent({ exhibit, to }: { readonly exhibit: string; readonly to: string }): ReactNode {
  const { id } = useSpace();
  const { data } = useAsk(ConsentsDocument, { space: id, exhibit }, { space: id });
  const missing = data?.consents.handing.filter(({ recipients }) => !recipients.includes(to)) ?? [];
  return missing.map(({ authority, people }) => (
    <p key={authority.id} role="status" className={styles['warned']}>
      <IconCircleDashed size={16} aria-hidden />
      <span>{t('custody.consentMissing', { name: authority.name, country: authority.country })} {people.length > 0
        ? t('custody.consentFrom', { people: listed(people.map(({ name }) => name)) }) : t('custody.consentFromNobody')}</span>
    </p>
  ));
}

/** Confirms that an exhibit arrived: from then on one's own authority holds it. */
export function ReceiptDialog({ of, transfer, onClose }: Properties & { readonly transfer: CustodyEvent }): ReactNode {
  const { id } = useSpace();
  const [value, setValue] = useState({ ...emptyCustody, seal: transfer.seal });
  const act = useAct(ConfirmReceipt, useDone(onClose));
  return (
    <Dialog title={t('custody.receiptTitle', { number: of.number })} onClose={onClose}
      onSubmit={() => act.mutate({ space: id, exhibit: of.id, custody: custodyInput(value) })} actions={<>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" look="primary" disabled={act.isPending}>{t('custody.confirm')}</Button>
      </>}>
      <p>{t('custody.receiptText', { from: transfer.from?.name ?? '' })}</p>
      <CustodyFields value={value} onChange={setValue} />
      <Problem error={act.error} />
    </Dialog>
  );
}

/** Records what was done with an exhibit that one's own authority holds. */
export function RecordCustodyDialog({ of, onClose }: Properties): ReactNode {
  const { id } = useSpace();
  const [verb, setVerb] = useState<Verb>('SEALED');
  const [value, setValue] = useState(emptyCustody);
  const act = useAct(RecordCustody, useDone(onClose));
  return (
    <Dialog title={t('custody.recordTitle', { number: of.number })} onClose={onClose}
      onSubmit={() => act.mutate({ space: id, exhibit: of.id, verb, custody: custodyInput(value) })} actions={<>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" look="primary" disabled={act.isPending}>{t('custody.record')}</Button>
      </>}>
      <p>{t('custody.recordText')}</p>
      <SelectField label={t('custody.what')} value={verb} onChange={(name) => setVerb(byHand.find((each) => each === name) ?? verb)}>
        {byHand.map((each) => <option key={each} value={each}>{t(`custodyVerb.${each}`)}</option>)}
      </SelectField>
      <CustodyFields value={value} onChange={setValue} />
      <Problem error={act.error} />
    </Dialog>
  );
}
