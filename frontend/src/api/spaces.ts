import { graphql } from '@/api/generated/gql';
import { useAsk } from '@/api/hooks';

const Spaces = graphql(`
  query Spaces {
    spaces {
      id name kind colour countries thirdCountries myRole myMembership
      agreement { purpose state validTo }
      members { id role state validFrom validTo }
    }
  }
`);

/** The spaces in which the signed-in person has a membership that opens them. */
export const useSpacesAnswer = () => useAsk(Spaces, {});
