import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { useAct } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { GiveConsent, WithdrawConsent, type ConsentInfo, type Consents } from '@/features/evidence/court/queries';
import { changedOperations, type ExhibitInfo } from '@/features/evidence/queries';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { SelectField, TextArea } from '@/ui/Field';
import { Problem } from '@/ui/States';

interface Properties {
  readonly of: ExhibitInfo;
  readonly onClose: () => void;
}
interface Purpose {
  readonly label: string;
  readonly country: string | null;
  readonly recipient: string | null;
}

function useDone(onClose: () => void): () => Promise<void> {
  const { id } = useSpace();
  return async () => {
    await refresh(id, changedOperations);
    onClose();
  };
}

/** What may still be consented to: the courts of the team's other countries, handing it to its other authorities. */
function usePurposes({ provider, given }: Consents): readonly Purpose[] {
  const { countries, thirdCountries, members } = useSpace();
  const inForce = given.filter(({ withdrawnAt }) => !withdrawnAt);
  const courts = [...new Set([...countries, ...thirdCountries])]
    .filter((code) => code !== provider.country && !inForce.some(({ country }) => country === code))
    .map((country) => ({ label: t('consent.court', { country }), country, recipient: null }));
  const others = [...new Map(members.filter(({ state }) => state === 'ACTIVE').map(({ person }) => [person.agency.id, person.agency])).values()]
    .filter(({ id }) => id !== provider.id && !inForce.some(({ recipient }) => recipient?.id === id))
    .map(({ id, name }) => ({ label: t('consent.recipient', { name }), country: null, recipient: id }));
  return [...courts, ...others];
}

/** Gives the consent of one's own authority to a use of an exhibit that is theirs. */
export function ConsentDialog({ of, consents, onClose }: Properties & { readonly consents: Consents }): ReactNode {
  const { id } = useSpace();
  const purposes = usePurposes(consents);
  const [chosen, setChosen] = useState(purposes[0]?.label ?? '');
  const [terms, setTerms] = useState('');
  const act = useAct(GiveConsent, useDone(onClose));
  const purpose = purposes.find(({ label }) => label === chosen);
  const send = (): void => {
    if (purpose) act.mutate({ space: id, exhibit: of.id, consent: { country: purpose.country, recipient: purpose.recipient, terms: terms.trim() } });
  };
  return (
    <Dialog title={t('consent.giveTitle', { number: of.number })} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!purpose || act.isPending}>{t('consent.submit')}</Button>
    </>}>
      <p>{t('consent.text')}</p>
      <SelectField label={t('consent.to')} required value={chosen} onChange={setChosen}>
        {purposes.map(({ label }) => <option key={label} value={label}>{label}</option>)}
      </SelectField>
      <TextArea label={t('consent.terms')} hint={t('consent.termsHint')} rows={2} value={terms} onChange={setTerms} />
      <Problem error={act.error} />
    </Dialog>
  );
}

/** Withdraws a consent; it says what that does before anything is done. */
export function WithdrawDialog({ of, consent, onClose }: Properties & { readonly consent: ConsentInfo }): ReactNode {
  const { id } = useSpace();
  const [reason, setReason] = useState('');
  const act = useAct(WithdrawConsent, useDone(onClose));
  return (
    <Dialog title={t('consent.withdrawTitle', { number: of.number })} onClose={onClose}
      onSubmit={() => act.mutate({ space: id, id: consent.id, reason: reason.trim() })} actions={<>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" look="danger" disabled={act.isPending}>{t('consent.submitWithdrawal')}</Button>
      </>}>
      <p>{t('consent.withdrawText')}</p>
      <TextArea label={t('consent.reason')} rows={2} value={reason} onChange={setReason} />
      <Problem error={act.error} />
    </Dialog>
  );
}
