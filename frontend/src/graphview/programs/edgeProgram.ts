import { EdgeProgram, type ProgramInfo } from 'sigma/rendering';
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from 'sigma/types';
import { EDGE_FRAGMENT, EDGE_VERTEX } from '@/graphview/programs/edge.glsl';
import type { EdgeLook } from '@/graphview/programs/looks';
import { CORNERS } from '@/graphview/programs/instances';
import { flatten, type Stage } from '@/graphview/programs/stage';
import { uploadingChanges } from '@/graphview/programs/uploadChanges';

const UNIFORMS = ['u_matrix', 'u_viewport', 'u_scale', 'u_dim', 'u_pixel', 'u_classes', 'u_people', 'u_faint'] as const;
type Uniform = (typeof UNIFORMS)[number];
const BLACK = [0, 0, 0];

/** The one program that draws every link: width, curve, dash pattern, end mark and underlay in one quad. */
export function createEdgeProgram(stage: Stage) {
  const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = WebGL2RenderingContext;
  return class ChartEdgeProgram extends uploadingChanges(EdgeProgram<Uniform>, stage) {
    getDefinition() {
      return {
        VERTICES: 4,
        VERTEX_SHADER_SOURCE: EDGE_VERTEX,
        FRAGMENT_SHADER_SOURCE: EDGE_FRAGMENT,
        METHOD: TRIANGLE_STRIP,
        UNIFORMS,
        ATTRIBUTES: [
          { name: 'a_source', size: 2, type: FLOAT },
          { name: 'a_target', size: 2, type: FLOAT },
          { name: 'a_shape', size: 4, type: UNSIGNED_BYTE },
          { name: 'a_style', size: 4, type: UNSIGNED_BYTE },
          { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
        CONSTANT_ATTRIBUTES: [{ name: 'a_corner', size: 2, type: FLOAT }],
        CONSTANT_DATA: CORNERS,
      };
    }

    override render(params: RenderParams): void {
      if (!stage.linksHidden) super.render(params);
    }

    override process(edgeIndex: number, offset: number, source: NodeDisplayData, target: NodeDisplayData, data: EdgeDisplayData): void {
      super.process(edgeIndex, offset, source, target, data);
      this.records.touch(offset * this.STRIDE, this.STRIDE);
    }

    processVisibleItem(edgeIndex: number, start: number, source: NodeDisplayData, target: NodeDisplayData, data: EdgeDisplayData): void {
      const look = data as EdgeDisplayData & EdgeLook;
      this.array[start] = source.x;
      this.array[start + 1] = source.y;
      this.array[start + 2] = target.x;
      this.array[start + 3] = target.y;
      const width = Math.round(Math.min(look.size, 15.9) * 16);
      this.records.pack(start + 4, Math.round(look.curve) + 128, width, source.size * 8, target.size * 8);
      const kind = look.pattern + look.mark * 4 + look.struck * 16 + (look.focus ? 64 : 0);
      this.records.pack(start + 5, look.hue, kind, look.alpha, look.underlay);
      this.array[start + 6] = edgeIndex;
    }

    setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo<Uniform>): void {
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
      gl.uniform2f(uniformLocations.u_viewport, params.width, params.height);
      gl.uniform1f(uniformLocations.u_scale, stage.scale);
      gl.uniform1f(uniformLocations.u_dim, stage.dim);
      gl.uniform1f(uniformLocations.u_pixel, params.pixelRatio);
      gl.uniform1f(uniformLocations.u_faint, stage.faintThinLinks ? 1 : 0);
      gl.uniform3fv(uniformLocations.u_classes, flatten([...stage.colours.classes, stage.colours.court, stage.colours.line2]));
      gl.uniform3fv(uniformLocations.u_people, flatten([BLACK, ...stage.colours.people]));
    }
  };
}
