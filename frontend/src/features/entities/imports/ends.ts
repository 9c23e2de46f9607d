/** Which properties hold the two ends of a link in a mapping: FollowTheMoney's own names, per schema. */
const ftm: Partial<Record<string, readonly [source: string, target: string]>> = {
  Ownership: ['owner', 'asset'], Control: ['controller', 'controlled'], Directorship: ['director', 'organization'],
  Succession: ['predecessor', 'successor'], Payment: ['payer', 'beneficiary'], Debt: ['debtor', 'creditor'],
  ContractAward: ['contract', 'supplier'], Call: ['caller', 'receiver'], Family: ['person', 'relative'],
  Associate: ['person', 'associate'], Employment: ['employee', 'employer'], Membership: ['member', 'organization'],
  Representation: ['agent', 'client'], ProjectParticipant: ['participant', 'project'], Occupancy: ['holder', 'post'],
  CourtCaseParty: ['party', 'case'], Documentation: ['document', 'entity'], UnknownLink: ['subject', 'object'], Similar: ['candidate', 'match'],
};
/** Kinds of links that FollowTheMoney lacks are written in the same way, with these two. */
const own: ReadonlySet<string> = new Set([
  'AccountHolder', 'UsesAccount', 'CardAccount', 'UsesPhone', 'UsesEmail', 'UsesDevice', 'PhoneInDevice', 'UsesVehicle', 'LivesAt',
  'PresentAt', 'EventPlace', 'StandsOn', 'ConcernsAsset', 'Met', 'Exploitation', 'Carried', 'InvestigatedBy',
]);

/** The two ends of a link kind in a mapping, or null where a row cannot state it as a link of its own. */
export const endsOf = (linkKind: string): readonly [string, string] | null =>
  ftm[linkKind] ?? (own.has(linkKind) ? ['source', 'target'] : null);
