import { useNavigate } from 'react-router';
import { cache, forgetAll } from '@/api/cache';
import { ask } from '@/api/client';
import { graphql } from '@/api/generated/gql';

const SignOut = graphql(`
  mutation SignOut { signOut }
`);

/** Ends the session at the server and forgets everything here, whether or not the server answers. */
export function useSignOut(): () => void {
  const navigate = useNavigate();
  return () => {
    const leave = (): void => {
      void navigate('/');
      forgetAll();
      void cache.invalidateQueries({ queryKey: ['own', 'Session'] });
      location.assign('/');
    };
    ask(SignOut, {}).then(leave, leave);
  };
}
