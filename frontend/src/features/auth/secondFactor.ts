import { ask } from '@/api/client';
import { graphql } from '@/api/generated/gql';
import type { ApiError } from '@/api/errors';
import type { BeginSecondFactorMutation } from '@/api/generated/graphql';
import { renewingSession } from '@/api/strong';
import { useMutation, type UseMutationResult } from '@tanstack/react-query';

export const MySecondFactor = graphql(`
  query MySecondFactor { mySecondFactor { since recoveryCodesLeft fewLeft } }
`);
export const StrongWay = graphql(`
  query StrongWay { mySessions { current method provider } mySecondFactor { since } }
`);
export const BeginSecondFactor = graphql(`
  mutation BeginSecondFactor($password: String!) { beginSecondFactor(password: $password) { secret address picture } }
`);
const ConfirmSecondFactor = graphql(`
  mutation ConfirmSecondFactor($code: String!) { confirmSecondFactor(code: $code) }
`);
export const RenewRecoveryCodes = graphql(`
  mutation RenewRecoveryCodes { renewRecoveryCodes }
`);
const StepUp = graphql(`
  mutation StepUp($code: String!) { stepUp(code: $code) }
`);

export type SetUp = BeginSecondFactorMutation['beginSecondFactor'];

/** Confirms the app by a code; the session goes on under a new secret. Gives recovery codes. */
export function useConfirmFactor(done: (codes: readonly string[]) => unknown): UseMutationResult<readonly string[], ApiError, string> {
  return useMutation<readonly string[], ApiError, string>({
    mutationFn: async (code) => (await renewingSession(() => ask(ConfirmSecondFactor, { code }))).confirmSecondFactor,
    onSuccess: done,
  });
}

/** Confirms by a code that it is still the same person. */
export function useStepUp(done: () => unknown): UseMutationResult<boolean, ApiError, string> {
  return useMutation<boolean, ApiError, string>({ mutationFn: async (code) => (await ask(StepUp, { code })).stepUp, onSuccess: done });
}
