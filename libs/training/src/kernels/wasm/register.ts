import { getKernel, registerKernel, unregisterKernel, type KernelConfig, type KernelFunc } from '@tensorflow/tfjs';
import { conv2dBackpropFilter, conv2dBackpropInput } from './conv2d-gradients';
import { avgPoolGrad } from './avg-pool-gradient';
import { maxPoolGrad } from './max-pool-gradient';
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './depthwise-gradients';

/**
 * Gradients composed from kernels wasm has. Three of its own are replaced: Conv2DBackpropInput is ten times slower than
 * its convolution, MaxPoolGrad is wrong, and so is AvgPoolGrad at padded edges.
 */
export function registerWasmKernels(): void {
  if (!getKernel('Conv2DBackpropInput', 'wasm')) throw new Error("Register the wasm backend first: import '@tensorflow/tfjs-backend-wasm'.");
  if (getKernel('Conv2DBackpropFilter', 'wasm')) return;
  const kernels: Pick<KernelConfig, 'kernelName' | 'kernelFunc'>[] = [
    { kernelName: 'Conv2DBackpropFilter', kernelFunc: conv2dBackpropFilter },
    { kernelName: 'DepthwiseConv2dNativeBackpropFilter', kernelFunc: depthwiseBackpropFilter },
    { kernelName: 'DepthwiseConv2dNativeBackpropInput', kernelFunc: depthwiseBackpropInput },
  ];
  for (const kernel of kernels) registerKernel({ ...kernel, backendName: 'wasm' });
  replace('Conv2DBackpropInput', (builtIn) => conv2dBackpropInput(builtIn));
  replace('MaxPoolGrad', () => maxPoolGrad);
  replace('AvgPoolGrad', (builtIn) => avgPoolGrad(builtIn));
}

function replace(kernelName: string, make: (builtIn: KernelFunc) => KernelFunc): void {
  const builtIn = getKernel(kernelName, 'wasm');
  unregisterKernel(kernelName, 'wasm');
  registerKernel({ ...builtIn, kernelFunc: make(builtIn.kernelFunc) });
}
