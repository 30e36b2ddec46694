package org.cloudcrowd.store.jpa.derby;

import org.eclipse.persistence.expressions.ExpressionOperator;
import org.eclipse.persistence.platform.database.DerbyPlatform;

/**
 * EclipseLink's platform of Derby, with parameters also in statements that add to a column. Since
 * databases cannot tell the type of two parameters that are added to each other, EclipseLink writes
 * every value of a statement with a sum into its text. A claim is such a statement: each would be a
 * new text, which Derby compiles and caches in place of a statement that is used again.
 */
public final class BindingDerbyPlatform extends DerbyPlatform {
  private static final long serialVersionUID = 1L;

  @Override
  protected ExpressionOperator addOperator() {
    var add = ExpressionOperator.add();
    add.setIsBindingSupported(true);
    return add;
  }
}
