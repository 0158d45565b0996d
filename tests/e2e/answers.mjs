// Texts that the tests let a model say.

export const rich = `Quantum computing uses the rules of very small things to compute. A usual bit is **0 or 1**; a *qubit* can be in a blend of both until it is measured.

## Three ideas

1. **Superposition.** A qubit holds a weighted mix of 0 and 1.
2. **Entanglement.** Two qubits can share one state, so that measuring one tells you about the other.
3. **Interference.** A program arranges the weights so that wrong answers cancel out.

> It does not try all answers at once and read the best one. It makes the right answer likely.

A small circuit in Python:

\`\`\`python
from qiskit import QuantumCircuit

# A Bell pair: both qubits agree, whichever way they fall
circuit = QuantumCircuit(2, 2)
circuit.h(0)          # superposition
circuit.cx(0, 1)      # entanglement
circuit.measure([0, 1], [0, 1])
print(circuit.draw(output="text"), "and a line that is long enough to scroll sideways in its own frame")
\`\`\`

### How it compares

| Task | Usual computer | Quantum computer | Speed-up |
|---|---|---|---:|
| Factoring large numbers | very slow | fast in theory | 1,000,000 |
| Searching a list | n steps | about √n steps | 1,000 |
| Writing a letter | instant | no use | 1 |

Read more in [the overview](https://example.org/quantum) or run \`pip install qiskit\`. A ticket costs $5 and $10.
`;

export const rightToLeft = `זוהי תשובה בעברית, עם מילה באנגלית כמו *Runnel* באמצע.

1. דבר ראשון
2. דבר שני

هذه فقرة بالعربية، وفيها رقم 42 وكلمة code.

\`\`\`js
const leftToRight = true; // code stays left to right
\`\`\`
`;

export const longWord = `Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft${'sehrlang'.repeat(30)} and \`${'code'.repeat(60)}\` and https://example.org/${'path/'.repeat(40)}`;

// Fits a window of 1440 by 900 as a whole: the picture in the README.
export const short = `It does not wait for the end. Each **chunk** is sent when the model has written it, and the page appends it:

\`\`\`js
const socket = new WebSocket("ws://localhost:8000/ws/chat/demo");
socket.onmessage = ({ data }) => {
  const frame = JSON.parse(data);
  if (frame.type === "chunk") answer.append(frame.content);
};
\`\`\`

| Way | Direction | A chunk costs | Comes back by itself |
|---|---|---:|---|
| WebSocket | both | 2 to 14 bytes | no |
| Server-sent events | to the page | 8 bytes | yes |
| Long polling | to the page | 700 bytes | no |

A chat takes the first: *Stop* travels back on the same socket.
`;
